package io.cloudstic.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reason of a file system's refusal")
class FileFaultTest {
  @Test
  @DisplayName("is told in words, not by the path that Java gives as its message")
  void words() {
    assertThat(FileFault.reason(new AccessDeniedException("/a/b"))).isEqualTo("permission denied");
    assertThat(FileFault.reason(new NoSuchFileException("/a/b")))
        .isEqualTo("no such file or directory");
    assertThat(FileFault.reason(new FileSystemException("/a/b", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(
            FileFault.reason(new UncheckedIOException(new IOException("No space left on device"))))
        .isEqualTo("No space left on device");
    assertThat(FileFault.reason(new IOException())).isEqualTo("IOException");
  }
}
