package com.conitrack.backup.core.status;

import com.conitrack.backup.core.policy.BackupPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the backups of a database stand at one moment.
 *
 * @param health as a whole: the worst of the reasons, OK without any
 * @param reasons why it is not OK, the worst first; empty if it is
 * @param database the database's name; null if it could not be asked and no backup tells it
 * @param at the moment
 * @param readAt when storages and register were read
 * @param newest the newest good backup, null if there is none
 * @param rpo how old that may become
 * @param backups how many backups of the database there are
 * @param goodBackups how many of them are good
 * @param storages each storage, in the configured order
 * @param drills restores for proof
 * @param lastFailure the last thing that went wrong, null if nothing is on record
 * @param restores restores of real data
 * @param register the record of what was done
 */
public record BackupStatus(
    Health health,
    List<Reason> reasons,
    @Nullable String database,
    Instant at,
    Instant readAt,
    @Nullable NewestGood newest,
    Duration rpo,
    int backups,
    int goodBackups,
    List<StorageStatus> storages,
    DrillStatus drills,
    @Nullable LastFailure lastFailure,
    RestoreNotes restores,
    RegisterStatus register) {
  public BackupStatus {
    reasons = List.copyOf(reasons);
    storages = List.copyOf(storages);
  }

  /**
   * Judges what was read. A pure function: it does no I/O, and the same arguments give the same
   * result.
   *
   * @param now the moment to judge for; not before the reading
   */
  public static BackupStatus of(BackupPolicy policy, StatusReading reading, Instant now) {
    return new StatusJudgement(policy, reading, now).status();
  }

  /**
   * How long the newest good backup stays within the RPO; negative if it is too old, empty if there
   * is none.
   */
  public Optional<Duration> rpoRemaining() {
    return Optional.ofNullable(newest).map(good -> rpo.minus(good.age()));
  }
}
