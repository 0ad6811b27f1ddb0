package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a backup.
 *
 * @param trigger why
 * @param reason the same in words, for the manifest and the register; null if there are none
 */
public record BackupRequest(Trigger trigger, @Nullable String reason) {
  /** A backup for that reason, without words. */
  public static BackupRequest of(Trigger trigger) {
    return new BackupRequest(trigger, null);
  }

  /** The same, with words. */
  public BackupRequest because(String words) {
    return new BackupRequest(trigger, words);
  }
}
