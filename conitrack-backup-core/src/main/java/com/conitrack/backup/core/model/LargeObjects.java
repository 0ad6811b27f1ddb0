package com.conitrack.backup.core.model;

/**
 * The large objects of a dump, all together.
 *
 * @param count how many have data in the dump
 * @param sha256 digest of the statements that write them (see {@code docs/formats.md})
 */
public record LargeObjects(long count, Sha256 sha256) {
  /** A dump without any. */
  public static final LargeObjects NONE = new LargeObjects(0, Sha256.OF_NOTHING);
}
