package com.conitrack.backup.core.model;

/** How far a copy has been proved, from weakest to strongest. */
public enum VerificationLevel {
  /** Nothing has been proved, or the last proof failed. */
  NONE,
  /**
   * The stored bytes were read back: size and SHA-256 are those recorded when they were written.
   */
  STORED,
  /**
   * The copy was also decoded and its dump inspected again: same digest, same fingerprint, whole.
   */
  CONTENT,
  /** A drill restored the copy into a scratch database that then dumped to the same fingerprint. */
  RESTORED;

  /** Whether a copy proved to this level satisfies a demand for {@code other}. */
  public boolean atLeast(VerificationLevel other) {
    return compareTo(other) >= 0;
  }
}
