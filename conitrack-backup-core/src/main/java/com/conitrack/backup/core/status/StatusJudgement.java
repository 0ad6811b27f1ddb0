package com.conitrack.backup.core.status;

import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RecoveryPoint;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Works out one status. Used once. */
final class StatusJudgement {
  private static final String FAILED = "FAILED";
  private static final String REJECTED = "REJECTED";

  private final BackupPolicy policy;
  private final StatusReading reading;
  private final Instant now;
  private final List<CatalogueEntry> backups;

  StatusJudgement(BackupPolicy policy, StatusReading reading, Instant now) {
    this.policy = policy;
    this.reading = reading;
    this.now = now;
    this.backups =
        reading.catalogue().entries().stream()
            .filter(e -> e.manifest().database().name().equals(reading.database()))
            .toList();
  }

  BackupStatus status() {
    NewestGood newest = newest();
    List<StorageStatus> storages =
        reading.storages().stream()
            .map(name -> StorageStatus.of(name, reading.catalogue(), backups))
            .toList();
    DrillStatus drills = drills();
    LastFailure lastFailure = lastFailure();
    RestoreNotes restores = restores();
    RegisterStatus register = RegisterStatus.of(reading.entries().size(), reading.findings());
    List<Reason> reasons =
        new Reasons(policy, reading, backups, now)
            .recoveryPoint(newest)
            .lastRun(newest)
            .copies(storages)
            .storages(storages)
            .drills(drills)
            .restores(restores)
            .register(register)
            .database()
            .worstFirst();
    return new BackupStatus(
        reasons.stream().map(Reason::health).reduce(Health.OK, Health::or),
        reasons,
        reading.database(),
        now,
        reading.at(),
        newest,
        policy.rpo(),
        backups.size(),
        (int) backups.stream().filter(CatalogueEntry::good).count(),
        storages,
        drills,
        lastFailure,
        restores,
        register);
  }

  private @Nullable NewestGood newest() {
    String database = reading.database();
    if (database == null) {
      return null;
    }
    RecoveryPoint point = RecoveryPoint.of(policy, reading.catalogue(), database, now);
    CatalogueEntry entry = point.newestGood();
    Duration age = point.age();
    return entry == null || age == null ? null : NewestGood.of(entry, age);
  }

  private DrillStatus drills() {
    List<DrillRecord> held = DrillRecord.of(reading.entries());
    DrillRecord last = held.isEmpty() ? null : held.get(held.size() - 1);
    Duration passed =
        held.stream()
            .filter(drill -> drill.result().equals("PASSED"))
            .map(drill -> Duration.between(drill.at(), now))
            .min(Duration::compareTo)
            .orElse(null);
    return new DrillStatus(
        last,
        last == null ? null : Duration.between(last.at(), now),
        last == null ? null : took(last),
        passed,
        policy.drillInterval(),
        policy.rto());
  }

  private @Nullable Duration took(DrillRecord drill) {
    return reading.entries().stream()
        .filter(entry -> entry.id().equals(drill.id()))
        .map(entry -> entry.details().getOrDefault(RegisterDetails.DURATION_MILLIS, ""))
        .filter(millis -> millis.matches("\\d{1,18}"))
        .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
        .findFirst()
        .orElse(null);
  }

  private RestoreNotes restores() {
    String database = reading.database();
    return database == null
        ? new RestoreNotes(List.of(), List.of())
        : RestoreNotes.of(RestoreRecord.of(reading.entries(), database));
  }

  private @Nullable LastFailure lastFailure() {
    return last(reading.entries(), StatusJudgement::isFailure)
        .map(
            entry ->
                new LastFailure(
                    entry.at(),
                    entry.event(),
                    entry.outcome(),
                    entry.backup(),
                    entry.storage(),
                    entry.details().getOrDefault(RegisterDetails.REASON, "")))
        .orElse(null);
  }

  private static boolean isFailure(RegisterEntry entry) {
    return switch (entry.event()) {
      case BACKUP, REPLICATION, RESTORE -> entry.outcome().equals(FAILED);
      case VERIFICATION -> entry.outcome().equals(REJECTED);
      case DRILL -> entry.outcome().equals(FAILED) || entry.outcome().equals(REJECTED);
      default -> false;
    };
  }

  /** The last run of a backup that ended. */
  static Optional<RegisterEntry> lastRun(List<RegisterEntry> entries) {
    return last(entries, entry -> entry.event() == RegisterEvent.BACKUP);
  }

  private static Optional<RegisterEntry> last(
      List<RegisterEntry> entries, Predicate<RegisterEntry> wanted) {
    return entries.stream().filter(wanted).reduce((earlier, later) -> later);
  }
}
