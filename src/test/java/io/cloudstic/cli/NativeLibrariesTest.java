package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A library of native code that cannot be loaded")
class NativeLibrariesTest {
  private static final String DENIED = "/tmp/libzstd-jni.so: failed to map segment";

  @Test
  @DisplayName("is told with the directory that it is unpacked into, and how to take another")
  void notLoaded() {
    assertTold(new UnsatisfiedLinkError(DENIED + "\nUnsupported OS/arch"));
  }

  @Test
  @DisplayName("is told the same way when somebody else has tried before")
  void triedBefore() {
    NoClassDefFoundError second = new NoClassDefFoundError("Could not initialize class Zstd");
    second.initCause(
        new ExceptionInInitializerError(
            "Exception java.lang.UnsatisfiedLinkError: " + DENIED + " [in thread \"warm-up\"]"));
    assertTold(second);
  }

  @Test
  @DisplayName("is told the same way when it could not even be unpacked")
  void notUnpacked() {
    assertThat(told(new ExceptionInInitializerError("Cannot unpack libzstd-jni: No space left")))
        .contains("No space left", "java.io.tmpdir");
  }

  @Test
  @DisplayName("is not suspected when something else is wrong")
  void other() {
    assertThat(told(new NoSuchMethodError("io.cloudstic.Missing.method()")))
        .contains("unexpected: java.lang.NoSuchMethodError")
        .doesNotContain("java.io.tmpdir");
  }

  private static void assertTold(Throwable fault) {
    assertThat(told(fault))
        .contains(System.getProperty("java.io.tmpdir"), DENIED, "-Djava.io.tmpdir=DIRECTORY")
        .doesNotContain("Unsupported", "unexpected");
  }

  private static String told(Throwable fault) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(new byte[0]),
            Terminal.NONE);
    new Failures(console, new String[0]).unexpected(fault, false);
    return err.toString(StandardCharsets.UTF_8);
  }
}
