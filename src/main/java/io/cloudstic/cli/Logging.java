package io.cloudstic.cli;

/** Sets the logger up before anything logs: warnings on stderr, more when asked. */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void configure(GlobalOptions global, boolean service) {
    String level = global.debug ? "info" : "error";
    System.setProperty(PREFIX + "defaultLogLevel", level);
    System.setProperty(
        PREFIX + "log.io.cloudstic", global.debug ? "debug" : service ? "info" : "warn");
    System.setProperty(PREFIX + "showThreadName", "false");
    System.setProperty(PREFIX + "showShortLogName", "true");
  }
}
