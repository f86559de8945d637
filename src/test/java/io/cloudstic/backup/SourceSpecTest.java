package io.cloudstic.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A source's name")
class SourceSpecTest {
  @ParameterizedTest(name = "{0} is {1}, drive {2}, folder {3}, shown as {4}")
  @CsvSource({
    "onedrive,                             ONEDRIVE,         ,        '',      onedrive:/",
    "onedrive-changes,                     ONEDRIVE_CHANGES, ,        '',      onedrive:/",
    "onedrive-changes:/,                   ONEDRIVE_CHANGES, ,        '',      onedrive:/",
    "onedrive-changes:/a/b c/,             ONEDRIVE_CHANGES, ,        a/b c,   onedrive:/a/b c",
    "onedrive://Team files,                ONEDRIVE,         Team files, '',   onedrive://Team files/",
    "onedrive://b!x/sub//folder,           ONEDRIVE,         b!x,     sub/folder, onedrive://b!x/sub/folder"
  })
  @DisplayName("says which drive and which folder")
  void says_drive_and_folder(
      String text, SourceSpec.Kind kind, String drive, String folder, String shown) {
    SourceSpec spec = SourceSpec.parse(text);
    assertThat(spec.kind()).isEqualTo(kind);
    assertThat(spec.drive()).isEqualTo(drive);
    assertThat(spec.folder()).isEqualTo(folder);
    assertThat(spec.snapshotPath()).isEqualTo(shown);
  }

  @Test
  @DisplayName("may be a path of this machine, colons included")
  void may_be_a_local_path() {
    SourceSpec spec = SourceSpec.parse("local:/srv/a:b");
    assertThat(spec.isOneDrive()).isFalse();
    assertThat(spec.snapshotPath()).isEqualTo("/srv/a:b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dropbox",
        "onedrive:folder",
        "onedrive:/../x",
        "onedrive:/a/./b",
        "onedrive://",
        "local:"
      })
  @DisplayName("is refused as wrong usage when it means nothing")
  void is_refused_when_it_means_nothing(String text) {
    assertThatThrownBy(() -> SourceSpec.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-source " + text);
  }
}
