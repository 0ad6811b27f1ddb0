package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it stands in one storage's register.
 *
 * @param sequence its number, from 1
 * @param sha256 digest of its bytes, which the next entry holds
 * @param previous digest of the entry before, null for the first
 * @param entry what it says
 */
public record ChainedEntry(
    long sequence, Sha256 sha256, @Nullable Sha256 previous, RegisterEntry entry) {

  /** Key of the entry's object. */
  public String key() {
    return RegisterKeys.of(sequence);
  }
}
