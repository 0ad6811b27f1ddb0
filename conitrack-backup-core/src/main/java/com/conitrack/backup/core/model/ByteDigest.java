package com.conitrack.backup.core.model;

/**
 * Size and digest of a run of bytes.
 *
 * @param bytes how many, zero or more
 * @param sha256 their SHA-256
 */
public record ByteDigest(long bytes, Sha256 sha256) {
  public ByteDigest {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }
}
