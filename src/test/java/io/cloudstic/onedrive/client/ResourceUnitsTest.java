package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Resource units")
class ResourceUnitsTest {
  @ParameterizedTest
  @CsvSource({
    "https://graph.microsoft.com/v1.0/drives/d/root/delta?$top=500,2",
    "https://graph.microsoft.com/v1.0/drives/d/root/delta,2",
    "https://graph.microsoft.com/v1.0/drives/d/root/delta?token=abc,1",
    "https://graph.microsoft.com/v1.0/drives/d/root/delta(token='abc'),1",
    "https://graph.microsoft.com/v1.0/drives/d/items/i/children?$top=999,2",
    "https://graph.microsoft.com/v1.0/drives/d/items/i?$select=id,1",
    "https://graph.microsoft.com/v1.0/drives/d/items/i/content,1",
    "https://graph.microsoft.com/v1.0/me/drives,2",
    "https://graph.microsoft.com/v1.0/me/drive,1"
  })
  @DisplayName("are counted as Microsoft publishes them")
  void published(String url, int units) {
    assertThat(ResourceUnits.of(url)).isEqualTo(units);
  }
}
