package io.cloudstic.onedrive.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.onedrive.scan.LeftOut.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The report of a scan")
class ReportTest {
  private final Report report = new Report();

  private void leaveOut(int count, Reason reason) {
    for (int i = 0; i < count; i++) {
      report.leftOut("id" + i, "/" + reason + "/" + i, reason);
    }
  }

  @Test
  @DisplayName("names a thousand items that are left out, and counts the others by reason")
  void countsWhatItDoesNotName() {
    leaveOut(990, Reason.ALBUM);
    leaveOut(30, Reason.SHORTCUT);
    leaveOut(4, Reason.PACKAGE);
    report.warnOfUnnamed();
    assertThat(report.leftOut()).hasSize(1000);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .contains("20: " + Reason.SHORTCUT.text(), "4: " + Reason.PACKAGE.text())
        .doesNotContain(Reason.ALBUM.text());
  }

  @Test
  @DisplayName("warns of nothing when every item that is left out is named")
  void warnsOfNothing() {
    leaveOut(1000, Reason.PACKAGE);
    report.warnOfUnnamed();
    assertThat(report.warnings()).isEmpty();
  }
}
