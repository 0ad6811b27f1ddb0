package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a backup.
 *
 * @param trigger why
 * @param reason the same in words, for the manifest and the register; null if there are none
 * @param due the instant of the schedule that it is taken for; null if for none
 * @param change what is to be done to the schema after it; null if nothing that is known
 */
public record BackupRequest(
    Trigger trigger,
    @Nullable String reason,
    @Nullable Instant due,
    @Nullable SchemaChange change) {
  /** A backup that no schedule and no migration asks for. */
  public BackupRequest(Trigger trigger, @Nullable String reason) {
    this(trigger, reason, null, null);
  }

  /** A backup for that reason, without words. */
  public static BackupRequest of(Trigger trigger) {
    return new BackupRequest(trigger, null);
  }

  /** The backup of the run that was due at that instant. */
  public static BackupRequest scheduled(Instant due) {
    return new BackupRequest(Trigger.SCHEDULED, null, due, null);
  }

  /** The backup that precedes a change of the schema. */
  public static BackupRequest before(SchemaChange change) {
    return new BackupRequest(Trigger.PRE_CHANGE, change.inWords(), null, change);
  }

  /** The same, with words. */
  public BackupRequest because(String words) {
    return new BackupRequest(trigger, words, due, change);
  }
}
