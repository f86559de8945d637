package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Stop;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The token file")
class TokenFileTest {
  private static final Token TOKEN = new Token("access-secret", "Bearer", "refresh-secret", null);

  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  private TokenFile file(Path path) {
    return new TokenFile(path, new Stop(), warnings::add);
  }

  private static void save(TokenFile file, Token token) {
    file.exclusively(
        () -> {
          file.save(token);
          return null;
        });
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  @DisplayName("is empty where there is none")
  void none() {
    assertThat(file(directory.resolve("none")).load()).isEmpty();
    assertThat(file(directory.resolve("no/such/directory")).load()).isEmpty();
  }

  @Test
  @DisplayName("is made with its directories, for the owner only")
  void made() throws Exception {
    Path path = directory.resolve("config/cloudstic/token.json");
    save(file(path), TOKEN);
    assertThat(file(path).load()).contains(TOKEN);
    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(permissions(path.getParent())).isEqualTo("rwx------");
    assertThat(permissions(path.resolveSibling("token.json.lock"))).isEqualTo("rw-------");
    assertThat(warnings).isEmpty();
    try (var files = Files.list(path.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("token.json", "token.json.lock");
    }
  }

  @Test
  @DisplayName("warns once when others can read it, and is closed to them when rewritten")
  void openToOthers() throws Exception {
    Path path = directory.resolve("token.json");
    Files.writeString(path, "{\"access_token\":\"a\",\"account\":\"kept\"}");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    TokenFile file = file(path);
    file.load();
    file.load();
    assertThat(warnings).hasSize(1).first().asString().contains("chmod 600", path.toString());
    save(file, TOKEN);
    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(Files.readString(path)).contains("\"account\":\"kept\"");
  }

  @Test
  @DisplayName("stays a symbolic link, also one to a file that is not there yet")
  void symbolicLink() throws Exception {
    Path target = Files.createDirectory(directory.resolve("elsewhere")).resolve("real.json");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("elsewhere/real.json"));
    Path chain = Files.createSymbolicLink(directory.resolve("chain"), link);
    save(file(chain), TOKEN);
    assertThat(chain).isSymbolicLink();
    assertThat(link).isSymbolicLink();
    assertThat(target).isRegularFile();
    assertThat(Files.isSymbolicLink(target)).isFalse();
    assertThat(file(link).load()).contains(TOKEN);
    assertThat(target.resolveSibling("real.json.lock")).exists();
    TokenFile file = file(chain);
    assertThat(file.exclusively(file::delete)).isTrue();
    assertThat(target).doesNotExist();
  }

  @Test
  @DisplayName("that is a circle of links is a failure, not a loop")
  void circle() throws Exception {
    Path a = directory.resolve("a");
    Files.createSymbolicLink(a, directory.resolve("b"));
    Files.createSymbolicLink(directory.resolve("b"), a);
    assertThatThrownBy(() -> save(file(a), TOKEN))
        .isInstanceOf(CloudsticException.class)
        .hasMessageContaining(a.toString());
  }

  @Test
  @DisplayName("that is damaged asks for a sign-in and shows nothing of it")
  void damaged() throws Exception {
    Path path = directory.resolve("token.json");
    Files.writeString(path, "{\"access_token\":\"TOPSECRET");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> file(path).load())
        .isInstanceOfSatisfying(
            SignInRequiredException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.SIGN_IN_NEEDED);
              assertThat(e).hasMessageContaining(path.toString()).hasNoCause();
              assertThat(e.getMessage()).doesNotContain("TOPSECRET");
              assertThat(e.advice().orElseThrow()).contains("cloudstic auth login");
            });
  }

  @Test
  @DisplayName("that cannot be one is a failure that names it")
  void impossible() throws Exception {
    assertThatThrownBy(() -> file(directory).load())
        .isInstanceOf(CloudsticException.class)
        .hasMessageContaining(directory.toString());
    Path notADirectory = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> save(file(notADirectory.resolve("token.json")), TOKEN))
        .isInstanceOf(CloudsticException.class)
        .hasMessageContaining("token.json");
    Path large = directory.resolve("large");
    Files.write(large, new byte[SignInLimits.LONGEST_TOKEN_FILE + 1]);
    assertThatThrownBy(() -> file(large).load()).hasMessageContaining("too long");
  }

  @Test
  @DisplayName("is replaced although a crash left an unfinished one")
  void leftover() throws Exception {
    Path path = directory.resolve("token.json");
    Files.writeString(directory.resolve("token.json.tmp"), "half");
    save(file(path), TOKEN);
    assertThat(file(path).load()).contains(TOKEN);
    assertThat(directory.resolve("token.json.tmp")).doesNotExist();
  }

  @Test
  @DisplayName("is held by one thread at a time, whichever object each uses")
  void exclusive() throws Exception {
    Path path = directory.resolve("token.json");
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TokenFile file = file(path);
      Thread thread =
          new Thread(
              () -> {
                await(go);
                file.exclusively(
                    () -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      pause();
                      return inside.decrementAndGet();
                    });
              });
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  @DisplayName("that another holds for ever is given up after a bounded time")
  void heldForEver() throws Exception {
    Path path = directory.resolve("token.json");
    ManualClock clock = new ManualClock();
    try (FileChannel other =
        FileChannel.open(
            directory.resolve("token.json.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      other.lock();
      TokenFile file = new TokenFile(path, clock, warnings::add);
      assertThatThrownBy(() -> save(file, TOKEN))
          .isInstanceOf(CloudsticException.class)
          .hasMessageContaining("token.json.lock");
    }
    assertThat(clock.sleeps()).hasSizeLessThan(10_000);
    assertThat(path).doesNotExist();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
