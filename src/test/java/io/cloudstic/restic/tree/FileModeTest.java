package io.cloudstic.restic.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileModeTest {
  @ParameterizedTest
  @CsvSource({
    "-rw-r--r--, 420, 100644",
    "drwxr-xr-x, 2147484141, 040755",
    "lrwxrwxrwx, 134218239, 120777",
    "-rwsr-xr-x, 8389101, 104755",
    "-rwxr-sr-x, 4194797, 102755",
    "drwxrwxrwt, 2148532735, 041777",
    "prw-r--r--, 33554852, 010644",
    "srw-r--r--, 16777636, 140644",
    "brw-r--r--, 67109284, 060644",
    "crw-r--r--, 69206436, 020644",
    "-rw-r-Sr-T, 5243300, 103644"
  })
  void translates_between_go_and_unix(String text, long mode, String octal) {
    assertThat(FileMode.fromUnix(Integer.parseInt(octal, 8))).isEqualTo(mode);
    assertThat(FileMode.toUnix(mode)).isEqualTo(Integer.parseInt(octal, 8));
    assertThat(FileMode.text(mode)).isEqualTo(text);
  }
}
