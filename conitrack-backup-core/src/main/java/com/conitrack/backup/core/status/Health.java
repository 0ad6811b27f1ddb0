package com.conitrack.backup.core.status;

/** How the backups stand as a whole, from good to bad. */
public enum Health {
  /** Nothing needs a person. */
  OK,
  /** What the policy asks for holds, but a person should look. */
  WARNING,
  /** What the policy asks for does not hold, or cannot be relied upon. */
  FAILING;

  /** The worse of two. */
  Health or(Health other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
