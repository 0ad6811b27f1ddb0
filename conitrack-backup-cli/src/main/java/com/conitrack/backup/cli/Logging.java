package com.conitrack.backup.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the libraries below have to say. */
final class Logging {
  /** Kept, as the driver's logger would else be forgotten with its level. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  private Logging() {}

  /** To be called before anything logs: afterwards it changes nothing. */
  static void configure(boolean verbose, boolean quiet) {
    String level = verbose ? "info" : quiet ? "error" : "warn";
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
    if (!verbose) {
      // What it warns of is shown as the command's own result.
      System.setProperty("org.slf4j.simpleLogger.log.com.conitrack.backup.core.backup", "error");
    }
    System.setProperty("org.slf4j.simpleLogger.logFile", "System.err");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    // Its messages repeat what the exceptions tell, and may show a URL.
    DRIVER.setLevel(Level.OFF);
  }
}
