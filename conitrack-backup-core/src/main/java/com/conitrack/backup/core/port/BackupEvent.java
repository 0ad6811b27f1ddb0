package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import java.time.Duration;

/** Something that happened during an operation. */
public sealed interface BackupEvent {
  /** The backup, verification or restore that it is part of. */
  BackupId backup();

  /** A backup begins. */
  record Started(BackupId backup, Trigger trigger, String database) implements BackupEvent {}

  /**
   * Work goes on; at most about ten of these a second, and a last one at the end.
   *
   * @param phase what is being done
   * @param plainBytes bytes of the plain dump so far
   * @param storedBytes bytes after coding so far
   * @param tables tables finished so far
   * @param rows rows so far
   * @param elapsed time since the operation began
   */
  record Progressed(
      BackupId backup,
      Phase phase,
      long plainBytes,
      long storedBytes,
      long tables,
      long rows,
      Duration elapsed)
      implements BackupEvent {}

  /** A copy is in its storage, whole and visible. */
  record CopyStored(BackupId backup, String storage, long bytes) implements BackupEvent {}

  /** A copy could not be made. The other storages go on. */
  record CopyFailed(BackupId backup, String storage, String reason) implements BackupEvent {}

  /** A copy was read back and proved to {@code level}. */
  record CopyVerified(BackupId backup, String storage, VerificationLevel level)
      implements BackupEvent {}

  /** A copy was examined and found wanting. */
  record CopyRejected(BackupId backup, String storage, String reason) implements BackupEvent {}

  /**
   * Reading a copy broke off at byte {@code at} and goes on from there.
   *
   * @param reason why it broke off
   */
  record ReadResumed(BackupId backup, String storage, long at, String reason)
      implements BackupEvent {}

  /** A copy could not be restored from; the next one is tried. */
  record CopyPassedOver(BackupId backup, String storage, String reason) implements BackupEvent {}

  /**
   * A backup failed: nothing of it is visible anywhere. {@link Finished} follows.
   *
   * @param kind what sort of thing went wrong
   * @param reason why, with what to do
   */
  record Failed(BackupId backup, ErrorKind kind, String reason) implements BackupEvent {}

  /** The backup ended. {@code result} is COMPLETE, DEGRADED or FAILED. */
  record Finished(BackupId backup, String result, Duration elapsed) implements BackupEvent {}

  /**
   * A restore of real data comes to a step. Its entries in the register tell how each one ended.
   *
   * @param backup the backup that is restored
   * @param restore the restore's id
   * @param step what is about to be done, such as {@code swap}
   */
  record RestoreStep(BackupId backup, String restore, String step) implements BackupEvent {}

  /** What an operation is doing. */
  enum Phase {
    DUMPING,
    VERIFYING,
    REPLICATING,
    RESTORING
  }
}
