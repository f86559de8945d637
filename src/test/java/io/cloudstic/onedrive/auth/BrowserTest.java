package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The browser")
class BrowserTest {
  private static final URI PAGE = URI.create("https://login.example/a?b=c&d=%20e");
  private final List<List<String>> started = new ArrayList<>();

  private boolean open(String system, Map<String, String> environment) {
    return new Browser(environment::get, system, started::add).open(PAGE);
  }

  @Test
  @DisplayName("is found by the means of each system")
  void systems() {
    assertThat(open("Linux", Map.of("DISPLAY", ":0"))).isTrue();
    assertThat(open("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"))).isTrue();
    assertThat(open("Mac OS X", Map.of())).isTrue();
    assertThat(open("Windows 11", Map.of())).isTrue();
    assertThat(started)
        .containsExactly(
            List.of("xdg-open", PAGE.toString()),
            List.of("xdg-open", PAGE.toString()),
            List.of("open", PAGE.toString()),
            List.of("rundll32", "url.dll,FileProtocolHandler", PAGE.toString()));
  }

  @Test
  @DisplayName("is not there without a display")
  void noDisplay() {
    assertThat(open("Linux", Map.of())).isFalse();
    assertThat(open("Linux", Map.of("DISPLAY", "", "BROWSER", ""))).isFalse();
    assertThat(started).isEmpty();
  }

  @Test
  @DisplayName("is the one that the person has chosen, page as one argument")
  void chosen() {
    open("Linux", Map.of("BROWSER", "my-browser --new %s --quiet:other"));
    open("Linux", Map.of("BROWSER", "my-browser"));
    assertThat(started)
        .containsExactly(
            List.of("my-browser", "--new", PAGE.toString(), "--quiet"),
            List.of("my-browser", PAGE.toString()));
  }

  @Test
  @DisplayName("is looked for further when one cannot be started, and its absence is no failure")
  void missing() {
    List<String> tried = new ArrayList<>();
    Browser browser =
        new Browser(
            Map.of("BROWSER", "one:two", "DISPLAY", ":0")::get,
            "Linux",
            command -> {
              tried.add(command.get(0));
              throw new IOException("no such program");
            });
    assertThat(browser.open(PAGE)).isFalse();
    assertThat(tried).containsExactly("one", "two", "xdg-open");
  }
}
