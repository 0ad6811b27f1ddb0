package com.conitrack.backup.core.check;

import org.jspecify.annotations.Nullable;

/**
 * What a test of one property has shown.
 *
 * @param property the property
 * @param result how it ended
 * @param detail what was seen
 * @param hint what to do about it, null if nothing
 */
public record PropertyFinding(
    StorageProperty property, Result result, String detail, @Nullable String hint) {

  /** How a test ended. */
  public enum Result {
    /** The storage has it: it was tried and seen. */
    PROVED,
    /** The storage lacks it and does not claim it; backups work without. */
    ABSENT,
    /** It is claimed or needed, and was not seen. */
    FAILED
  }
}
