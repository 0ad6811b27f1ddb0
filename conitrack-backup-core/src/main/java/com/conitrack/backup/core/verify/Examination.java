package com.conitrack.backup.core.verify;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.VerificationLevel;
import org.jspecify.annotations.Nullable;

/**
 * What an examination of one copy found.
 *
 * @param storage the storage's name
 * @param finding how it ended
 * @param level what is proved now: the level asked for if the finding is PROVED, else NONE
 * @param stored size and digest of the stored bytes that were read, null if they could not be read
 * @param detail what is wrong, null if nothing is
 * @param resumed how often reading broke off and was resumed
 */
public record Examination(
    String storage,
    Finding finding,
    VerificationLevel level,
    @Nullable ByteDigest stored,
    @Nullable String detail,
    int resumed) {

  /** How an examination can end. */
  public enum Finding {
    /** The copy is what was recorded. */
    PROVED,
    /** The copy, or its manifest, is not there. */
    MISSING,
    /** The copy is there, but is not what was recorded. */
    DAMAGED,
    /** The storage could not be read, which says nothing about the copy. */
    UNREACHABLE
  }

  /** Whether the copy was proved. */
  public boolean proved() {
    return finding == Finding.PROVED;
  }

  /** Whether the copy was found wanting, as opposed to not having been reached. */
  public boolean rejected() {
    return finding == Finding.MISSING || finding == Finding.DAMAGED;
  }

  /** The same finding with other words. */
  Examination withDetail(String words) {
    return new Examination(storage, finding, level, stored, words, resumed);
  }
}
