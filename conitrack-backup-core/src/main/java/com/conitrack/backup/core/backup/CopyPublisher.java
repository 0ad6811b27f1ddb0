package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.setup.Resumptions;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.CopyExaminer;
import com.conitrack.backup.core.verify.Examination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Makes the copies of a whole dump visible, and proves each by reading it back. */
final class CopyPublisher {
  private final Setup setup;
  private final BackupId id;
  private final String run;
  private final DatabaseFacts database;
  private final Instant begun;
  private final PendingMarkers markers;
  private final CopyExaminer examiner;
  private final Resumptions resumptions;

  CopyPublisher(Setup setup, BackupId id, String run, DatabaseFacts database, Instant begun) {
    this.setup = setup;
    this.id = id;
    this.run = run;
    this.database = database;
    this.begun = begun;
    this.markers = new PendingMarkers(setup.clock());
    this.examiner = new CopyExaminer(setup.codecs());
    this.resumptions = new Resumptions(setup.events(), id);
  }

  /**
   * Publishes on every storage that took the dump.
   *
   * @return one record for every storage
   * @throws BackupException if no storage holds a proved copy; then none is visible
   */
  List<CopyRecord> publish(PassedDump passed) {
    for (CopyWriter writer : passed.writers()) {
      announce(writer, passed);
    }
    passed.writers().stream().filter(writer -> !writer.failed()).forEach(CopyWriter::commit);
    List<CopyRecord> records = new ArrayList<>();
    for (CopyWriter writer : passed.writers()) {
      records.add(settle(writer, passed));
    }
    requireOne(records);
    return List.copyOf(records);
  }

  /** What a person should know of how the copies were read back. */
  List<String> remarks() {
    return resumptions.remarks();
  }

  /** Takes every copy back; what cannot be removed keeps its marker. */
  void withdraw(PassedDump passed) {
    passed.writers().stream()
        .filter(writer -> !writer.failed())
        .forEach(writer -> withdraw(writer, passed));
  }

  private void announce(CopyWriter writer, PassedDump passed) {
    if (!writer.failed()) {
      try {
        markers.write(writer.storage(), run, database, passed.dump());
      } catch (StorageException e) {
        writer.giveUp(e);
      }
    }
  }

  private CopyRecord settle(CopyWriter writer, PassedDump passed) {
    String storage = writer.storageName();
    try {
      StoredObject stored = writer.commit().join();
      setup.events().tell(new BackupEvent.CopyStored(id, storage, stored.bytes()));
    } catch (CompletionException | IllegalStateException e) {
      return failed(storage, reason(writer, e));
    }
    return prove(writer, passed);
  }

  private static String reason(CopyWriter writer, RuntimeException e) {
    RuntimeException failure = writer.failure();
    return String.valueOf((failure != null ? failure : e).getMessage());
  }

  private CopyRecord prove(CopyWriter writer, PassedDump passed) {
    String storage = writer.storageName();
    VerificationLevel level = setup.policy().verificationLevel();
    Examination examination =
        examiner.examine(
            resumptions.listenTo(writer.storage()),
            passed.dump(),
            passed.findings().fingerprint(),
            level,
            CopyExaminer.Watch.NOBODY);
    if (!examination.proved()) {
      String problem = "the copy was not proved when read back: " + examination.detail();
      withdraw(writer, passed);
      return failed(storage, problem);
    }
    setup.events().tell(new BackupEvent.CopyVerified(id, storage, level));
    Instant locked = setup.policy().immutability().retainUntil(writer.storage().info(), begun);
    return new CopyRecord(storage, level, setup.clock().instant(), null, locked);
  }

  private CopyRecord failed(String storage, String problem) {
    setup.events().tell(new BackupEvent.CopyFailed(id, storage, problem));
    return new CopyRecord(storage, VerificationLevel.NONE, null, problem);
  }

  /** A copy that was not proved must not stay visible; what cannot be removed keeps its marker. */
  private void withdraw(CopyWriter writer, PassedDump passed) {
    try {
      writer.storage().delete(passed.dump().key());
      markers.remove(List.of(writer.storage()), run);
    } catch (StorageException e) {
      writer.giveUp(e);
    }
  }

  private void requireOne(List<CopyRecord> records) {
    if (records.stream().allMatch(copy -> copy.problem() != null)) {
      // The markers stay: a commit whose answer was lost may have left a dump, which the next run
      // recognises by them.
      throw new BackupException(
          ErrorKind.IO,
          "unable to keep backup '" + id + "' in any storage",
          String.join("; ", records.stream().map(CopyRecord::problem).toList()),
          "mend a storage and take the backup again");
    }
  }
}
