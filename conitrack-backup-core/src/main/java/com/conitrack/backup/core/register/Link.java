package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What lies under one entry's key.
 *
 * @param sequence the number in the key
 * @param sha256 digest of the bytes, null if they could not be read
 * @param entry what they say, null if that cannot be relied upon
 * @param problem why there is no entry, null if there is one
 */
record Link(
    long sequence,
    @Nullable Sha256 sha256,
    @Nullable ChainedEntry entry,
    @Nullable RegisterFinding problem) {

  static Link sound(ChainedEntry entry) {
    return new Link(entry.sequence(), entry.sha256(), entry, null);
  }

  String key() {
    return RegisterKeys.of(sequence);
  }
}
