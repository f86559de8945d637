package io.cloudstic.camel;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The settings of {@code application.properties}: those of the jar, over them those beside the
 * launcher, over them those of the configuration directory.
 */
public final class ApplicationProperties {
  private static final String NAME = "application.properties";

  private ApplicationProperties() {}

  /**
   * Reads the files that there are.
   *
   * @param home the launcher's directory, or null
   * @param configuration the user's configuration directory, or null
   * @throws UsageException when one cannot be read
   */
  public static Properties load(Path home, Path configuration) {
    Properties properties = new Properties();
    try (InputStream shipped =
        ApplicationProperties.class.getClassLoader().getResourceAsStream(NAME)) {
      if (shipped != null) {
        properties.load(new java.io.InputStreamReader(shipped, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UsageException("cannot read the " + NAME + " of the program", null, e);
    }
    load(home, properties);
    load(configuration, properties);
    return properties;
  }

  private static void load(Path directory, Properties properties) {
    if (directory == null) {
      return;
    }
    Path file = directory.resolve(NAME);
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "cannot read " + file + ": " + e.getMessage(), "correct or remove the file", e);
    }
  }
}
