package io.cloudstic.onedrive.auth;

import java.util.Objects;

/** A text that must not be seen: only who asks for it by name gets it. Immutable. */
final class Secret {
  private final String text;

  /** Hides the text, which is not null. */
  Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** The text itself, for the request that needs it. */
  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
