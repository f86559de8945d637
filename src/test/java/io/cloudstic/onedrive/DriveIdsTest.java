package io.cloudstic.onedrive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Drive ids")
class DriveIdsTest {
  private final DriveIds personal =
      DriveIds.of(new Drive("123ABCDEF012345", "personal", null, null, null));
  private final DriveIds business = DriveIds.of(new Drive("b!AbC", "business", null, null, null));

  @Test
  @DisplayName("of personal drives are one id in any case and without the leading zero")
  void personalDrive() {
    assertThat(personal.drive()).isEqualTo("0123abcdef012345");
    assertThat(personal.isThisDrive("0123ABCDEF012345")).isTrue();
    assertThat(personal.isThisDrive("123abcdef012345")).isTrue();
    assertThat(personal.isThisDrive("9123ABCDEF012345")).isFalse();
    assertThat(personal.isThisDrive(null)).isTrue();
  }

  @Test
  @DisplayName("inside item ids are compared likewise, the rest exactly")
  void personalItem() {
    assertThat(personal.key("123ABCDEF012345!s0AF"))
        .isEqualTo(personal.key("0123abcdef012345!s0AF"))
        .isEqualTo("0123abcdef012345!s0AF");
    assertThat(personal.key("123ABCDEF012345!s0af")).isNotEqualTo("0123abcdef012345!s0AF");
    assertThat(personal.key(null)).isNull();
  }

  @Test
  @DisplayName("of business drives are case-sensitive")
  void business() {
    assertThat(business.isThisDrive("b!abc")).isFalse();
    assertThat(business.isThisDrive("b!AbC")).isTrue();
    assertThat(business.key("01ABC!x")).isEqualTo("01ABC!x");
  }
}
