package com.conitrack.backup.core.status;

import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Durations;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.status.Reason.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects why the backups do not stand well. Used once. */
final class Reasons {
  private final BackupPolicy policy;
  private final StatusReading reading;
  private final List<CatalogueEntry> backups;
  private final Instant now;
  private final List<Reason> reasons = new ArrayList<>();

  Reasons(BackupPolicy policy, StatusReading reading, List<CatalogueEntry> backups, Instant now) {
    this.policy = policy;
    this.reading = reading;
    this.backups = backups;
    this.now = now;
  }

  Reasons recoveryPoint(@Nullable NewestGood newest) {
    if (newest == null) {
      fail(
          Subject.RECOVERY_POINT,
          backups.isEmpty() ? "there is no backup" : "none of the backups is good",
          "take a backup");
    } else if (newest.age().compareTo(policy.rpo()) > 0) {
      fail(
          Subject.RECOVERY_POINT,
          "the newest good backup is %s old; the RPO is %s"
              .formatted(Durations.about(newest.age()), Durations.about(policy.rpo())),
          "take a backup and find out why the schedule did not");
    }
    return this;
  }

  /** A run that failed after the newest good backup: the next one may fail for the same cause. */
  Reasons lastRun(@Nullable NewestGood newest) {
    StatusJudgement.lastRun(reading.entries())
        .filter(run -> run.outcome().equals("FAILED"))
        .filter(run -> newest == null || run.at().isAfter(newest.startedAt()))
        .ifPresent(
            run ->
                warn(
                    Subject.BACKUP,
                    "the last backup failed " + ago(run.at()) + ": " + reason(run),
                    "mend what failed, then take a backup"));
    return this;
  }

  private static String reason(RegisterEntry run) {
    return run.details().getOrDefault(RegisterDetails.REASON, "no reason is on record");
  }

  Reasons copies(List<StorageStatus> storages) {
    for (StorageStatus storage : storages) {
      int wanting = storage.wanted() - storage.proved();
      if (storage.readable() && wanting > 0) {
        warn(
            Subject.COPIES,
            "storage '%s' lacks %d of %d proved copies"
                .formatted(storage.name(), wanting, storage.wanted()),
            "verify, then replicate");
      }
    }
    return this;
  }

  Reasons storages(List<StorageStatus> storages) {
    for (StorageStatus storage : storages) {
      String problem = storage.problem();
      if (problem != null) {
        warn(
            Subject.STORAGE,
            "storage '" + storage.name() + "' " + problem,
            "look at the storage, its network and its credentials");
      }
    }
    long unreliable =
        reading.catalogue().problems().stream()
            .filter(p -> p.key() != null && !p.key().startsWith("register/"))
            .filter(Catalogue.Problem::blocksDeletion)
            .count();
    if (unreliable > 0) {
      warn(
          Subject.STORAGE,
          "the catalogue cannot be relied upon: "
              + unreliable
              + (unreliable == 1 ? " manifest is" : " manifests are")
              + " altered or cannot be read",
          "list the catalogue for which they are; nothing is deleted meanwhile");
    }
    return this;
  }

  Reasons drills(DrillStatus drills) {
    DrillRecord last = drills.last();
    if (last != null && last.result().equals("REJECTED")) {
      fail(
          Subject.DRILL,
          "the last drill rejected backup '" + last.backup() + "': " + last.remarks(),
          "find out why what was restored differs; take a backup and drill it");
    } else if (last != null && last.result().equals("FAILED")) {
      warn(
          Subject.DRILL,
          "the last drill failed " + ago(last.at()) + ": " + last.remarks(),
          "mend what failed, then hold a drill");
    } else if (drills.rtoExceeded()) {
      warn(
          Subject.DRILL,
          "the last drill's restore took longer than the RTO of " + Durations.about(policy.rto()),
          "restore on a faster server or storage, or allow more time");
    }
    if (drills.overdue() && oldestIsOlderThan(drills.interval())) {
      warn(Subject.DRILL, overdue(drills), "hold a drill");
    }
    return this;
  }

  private static String overdue(DrillStatus drills) {
    Duration passed = drills.lastPassedAge();
    return passed == null
        ? "no drill has ever passed"
        : "the last drill that passed was " + Durations.about(passed) + " ago";
  }

  /** Where backups have just begun no drill can be overdue. */
  private boolean oldestIsOlderThan(@Nullable Duration interval) {
    return interval != null
        && backups.stream()
            .map(entry -> entry.manifest().startedAt())
            .min(Comparator.naturalOrder())
            .filter(oldest -> Duration.between(oldest, now).compareTo(interval) > 0)
            .isPresent();
  }

  Reasons restores(RestoreNotes restores) {
    if (!restores.unfinished().isEmpty()) {
      warn(
          Subject.RESTORE,
          "a restore over the database is at work or was interrupted",
          "ask for the restores' status, which settles what was interrupted");
    }
    return this;
  }

  Reasons register(RegisterStatus register) {
    String error = register.firstError();
    if (error != null) {
      int more = register.errors() - 1;
      fail(
          Subject.REGISTER,
          error + (more > 0 ? " (and " + more + " more)" : ""),
          "verify the register and find out who changed it; the other storages' are independent");
    }
    return this;
  }

  Reasons database() {
    String problem = reading.databaseProblem();
    if (problem != null) {
      warn(Subject.DATABASE, problem, "look at the database server and the connection to it");
    }
    return this;
  }

  List<Reason> worstFirst() {
    return reasons.stream().sorted(Comparator.comparing(Reason::health).reversed()).toList();
  }

  private String ago(Instant then) {
    return Durations.about(Duration.between(then, now)) + " ago";
  }

  private void fail(Subject subject, String text, String remedy) {
    reasons.add(new Reason(Health.FAILING, subject, text, remedy));
  }

  private void warn(Subject subject, String text, String remedy) {
    reasons.add(new Reason(Health.WARNING, subject, text, remedy));
  }
}
