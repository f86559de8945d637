package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The repository's password")
class PasswordsTest {
  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final GlobalOptions global = new GlobalOptions();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Passwords passwords() {
    environment.put("CLOUDSTIC_CONFIG_DIR", directory.toString());
    Console console =
        new Console(
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            Terminal.NONE);
    return new Passwords(global, Settings.load(environment, null), console);
  }

  private String password() {
    return new String(passwords().toOpen());
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  @DisplayName(
      "comes from the flag, the variable, restic's variable, the properties, the saved file")
  void order() throws Exception {
    assertThatThrownBy(this::password)
        .isInstanceOf(UsageException.class)
        .hasMessage("no password for the repository");

    file("password", "saved\n");
    assertThat(password()).isEqualTo("saved");
    file("application.properties", "cloudstic.password-command=echo from-properties\n");
    assertThat(password()).isEqualTo("from-properties");
    environment.put("RESTIC_PASSWORD_COMMAND", "echo restic-command");
    assertThat(password()).isEqualTo("restic-command");
    environment.put("RESTIC_PASSWORD_FILE", file("r", "restic-file"));
    assertThat(password()).isEqualTo("restic-file");
    environment.put("RESTIC_PASSWORD", "restic");
    assertThat(password()).isEqualTo("restic");
    environment.put("CLOUDSTIC_PASSWORD_COMMAND", "echo command");
    assertThat(password()).isEqualTo("command");
    environment.put("CLOUDSTIC_PASSWORD_FILE", file("c", "file"));
    assertThat(password()).isEqualTo("file");
    environment.put("CLOUDSTIC_PASSWORD", "variable");
    assertThat(password()).isEqualTo("variable");
    global.passwordCommand = "echo flag-command";
    assertThat(password()).isEqualTo("flag-command");
    global.passwordFile = Path.of(file("f", "flag-file"));
    assertThat(password()).isEqualTo("flag-file");
    global.password = "flag";
    assertThat(password()).isEqualTo("flag");
  }

  @Test
  @DisplayName("counts an empty variable as unset")
  void emptyVariable() {
    environment.put("CLOUDSTIC_PASSWORD", "");
    environment.put("RESTIC_PASSWORD", "r");

    assertThat(password()).isEqualTo("r");
  }

  @Test
  @DisplayName(
      "loses the byte order mark and the white space around it in a file, not in a variable")
  void stripping() throws Exception {
    global.passwordFile = Path.of(file("f", "\ufeff \tpass word\r\n"));
    assertThat(password()).isEqualTo("pass word");

    Files.write(global.passwordFile, "\ufeffnäm\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(password()).isEqualTo("näm");

    global.passwordFile = null;
    environment.put("CLOUDSTIC_PASSWORD", " x ");
    assertThat(password()).isEqualTo(" x ");
  }

  @Test
  @DisplayName("is refused when it is empty, its file is missing or its command fails")
  void refused() throws Exception {
    global.password = "";
    assertThatThrownBy(this::password)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("empty");
    global.password = null;
    global.passwordFile = directory.resolve("none");
    assertThatThrownBy(this::password).hasMessageContaining("cannot read the password file");
    global.passwordFile = null;
    global.passwordCommand = "echo secret; exit 3";
    assertThatThrownBy(this::password).hasMessageContaining("exit code 3");
    assertThatThrownBy(this::password).hasMessageNotContaining("secret");
  }

  @Test
  @DisplayName("in a saved file that others can read is warned of")
  void openFile() throws Exception {
    Path saved = Path.of(file("password", "p"));
    Files.setPosixFilePermissions(saved, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(password()).isEqualTo("p");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("run: chmod 600 " + saved);

    err.reset();
    Files.setPosixFilePermissions(saved, PosixFilePermissions.fromString("rw-------"));
    password();
    assertThat(err.size()).isZero();
  }

  @Test
  @DisplayName("is saved for its owner alone, and never over another")
  void saved() throws Exception {
    environment.put("CLOUDSTIC_CONFIG_DIR", directory.resolve("new/config").toString());
    Path config = directory.resolve("new/config");
    SavedPassword saved = new SavedPassword(config.resolve("password"));

    saved.checkCanHold("näm".toCharArray());
    saved.write("näm".toCharArray());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved.file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rwx------");
    assertThat(Files.readString(saved.file())).isEqualTo("näm");
    saved.checkCanHold("näm".toCharArray());
    assertThatThrownBy(() -> saved.checkCanHold("other".toCharArray()))
        .isInstanceOf(CloudsticException.class)
        .hasMessageContaining("holds another password already");
    assertThatThrownBy(() -> saved.checkCanHold(" x".toCharArray()))
        .isInstanceOf(UsageException.class);
  }
}
