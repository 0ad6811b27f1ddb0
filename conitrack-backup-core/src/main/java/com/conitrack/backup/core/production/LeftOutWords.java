package com.conitrack.backup.core.production;

import java.util.List;

/** How steps on record tell of what was left out. */
final class LeftOutWords {
  private LeftOutWords() {}

  /** After what was done; empty if nothing was left out. */
  static String after(List<String> leftOut) {
    return leftOut.isEmpty() ? "" : "; left out: " + String.join("; ", leftOut);
  }

  /** Equal, and in what. */
  static String equal(List<String> leftOut) {
    return leftOut.isEmpty()
        ? "equal to the backup"
        : "equal to the backup but for what was left out (" + String.join("; ", leftOut) + ")";
  }
}
