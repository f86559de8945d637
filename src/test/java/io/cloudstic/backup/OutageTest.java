package io.cloudstic.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.onedrive.ItemException;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An outage")
class OutageTest {
  private final Outage outage = new Outage();
  private boolean alive;

  @Test
  @DisplayName("is when file after file fails by the server's fault")
  void is_when_all_fail() {
    fail(Outage.IN_A_ROW - 1);
    assertThatThrownBy(() -> fail(1))
        .isInstanceOf(CloudsticException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("503");
  }

  @Test
  @DisplayName("is not when a file gets through now and then")
  void is_not_when_one_gets_through() {
    for (int i = 0; i < 10; i++) {
      fail(Outage.IN_A_ROW - 1);
      outage.passed();
    }
  }

  @Test
  @DisplayName("is not when the files themselves are bad")
  void is_not_when_files_are_bad() {
    for (int i = 0; i < 1000; i++) {
      outage.failed(
          new ItemException(ItemException.Reason.ACCESS_DENIED, "403", null), () -> false);
      outage.failed(new IOException("permission denied"), () -> false);
    }
  }

  @Test
  @DisplayName("is not while a file that is known to be good can be read")
  void is_not_while_the_service_lives() {
    alive = true;
    fail(10 * Outage.IN_A_ROW);
    alive = false;
    assertThatThrownBy(() -> fail(Outage.IN_A_ROW)).isInstanceOf(CloudsticException.class);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      outage.failed(
          new ItemException(ItemException.Reason.SERVER, "status 503", null), () -> alive);
    }
  }
}
