package io.cloudstic.cli;

/** A word as a POSIX shell needs it, quoted where it must be. */
final class ShellWord {
  private ShellWord() {}

  static String of(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
