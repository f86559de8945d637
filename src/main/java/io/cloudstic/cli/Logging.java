package io.cloudstic.cli;

/** Sets the logger up before anything logs: warnings on stderr, more when asked. */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void configure(GlobalOptions global, boolean service) {
    String level = global.debug ? "info" : "error";
    System.setProperty(PREFIX + "defaultLogLevel", level);
    System.setProperty(
        PREFIX + "log.io.cloudstic",
        global.debug ? "debug" : service && !global.quiet ? "info" : "warn");
    // A failure is told once, by the command, in words; Camel would add its own history of it.
    System.setProperty(
        PREFIX + "log.org.apache.camel.processor.errorhandler", global.debug ? "info" : "off");
    if (service) {
      System.setProperty(PREFIX + "showDateTime", "true");
      // Only here: a format makes the logger load Java's calendars, shown or not.
      System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss");
    }
    System.setProperty(PREFIX + "showThreadName", "false");
    System.setProperty(PREFIX + "showShortLogName", "true");
  }
}
