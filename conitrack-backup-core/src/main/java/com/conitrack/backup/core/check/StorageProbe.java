package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.check.PropertyFinding.Result;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.port.BackupStorage;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** The quick tests of a storage, made one item of a check. */
final class StorageProbe {
  private final BackupStorage storage;
  private final Clock clock;

  StorageProbe(BackupStorage storage, Clock clock) {
    this.storage = storage;
    this.clock = clock;
  }

  CheckItem probe() {
    String subject = "storage " + storage.info().name();
    Bench bench = new Bench(storage, clock);
    try {
      bench.removeOlder();
      return item(
          subject, SmallObjectTrials.quick().stream().map(trial -> trial.on(bench)).toList());
    } catch (BackupException e) {
      return new CheckItem(subject, Status.FAILED, e.what() + ": " + e.why(), e.hint());
    } finally {
      bench.clear();
    }
  }

  private CheckItem item(String subject, List<PropertyFinding> findings) {
    List<PropertyFinding> failed =
        findings.stream().filter(finding -> finding.result() == Result.FAILED).toList();
    if (!failed.isEmpty()) {
      return new CheckItem(subject, Status.FAILED, details(failed), failed.get(0).hint());
    }
    List<PropertyFinding> absent =
        findings.stream().filter(finding -> finding.result() == Result.ABSENT).toList();
    return absent.isEmpty()
        ? new CheckItem(
            subject, Status.OK, storage.info().location() + " takes, keeps and deletes", null)
        : new CheckItem(
            subject,
            Status.OK,
            storage.info().location() + " takes and keeps; " + details(absent),
            null);
  }

  private static String details(List<PropertyFinding> findings) {
    return findings.stream()
        .map(PropertyFinding::detail)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
