package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.backup.ManifestPublisher.Published;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one backup, from the lock to the register. The order is what makes a crash harmless:
 *
 * <ol>
 *   <li>under the database's lock, what crashed runs have left is removed;
 *   <li>the dump passes once, into uploads that nobody can see ({@link DumpPass});
 *   <li>only a whole dump that meets the policy's rules is made visible, read back and proved
 *       ({@link CopyPublisher}), each copy announced beforehand by a pending marker;
 *   <li>the manifest is written beside every proved copy: from then on the backup exists;
 *   <li>the register records it, and the markers go.
 * </ol>
 *
 * Safe for use by many threads; the lock lets one at a time work.
 */
public final class BackupTaker {
  private static final Logger LOG = LoggerFactory.getLogger(BackupTaker.class);

  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Takes backups of the database in {@code setup}. */
  public BackupTaker(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Takes a backup and tells how it ended.
   *
   * @throws BackupException kind {@code LOCKED} if another run holds the lock: nothing was done,
   *     and nothing is recorded
   */
  public BackupOutcome take(BackupRequest request) {
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("backup"), setup.lockWait())) {
      return new Run(request, held).take();
    } catch (BackupException e) {
      if (e.kind() == ErrorKind.LOCKED) {
        throw e;
      }
      // The lock itself could not be asked for: the database is out of reach.
      return new Run(request, null).failed(e);
    }
  }

  /**
   * As {@link #take}, for a run that holds the lock of the database already.
   *
   * @param held the lock, which stays with the caller
   */
  public BackupOutcome takeUnder(RunLock.Held held, BackupRequest request) {
    return new Run(request, held).take();
  }

  /** One run's state. */
  private final class Run {
    private final BackupRequest request;
    private final RunLock.@Nullable Held lock;
    private final String run = UUID.randomUUID().toString();
    private final Instant startedAt = setup.clock().instant();
    private final List<String> remarks = new ArrayList<>();
    private BackupId id;
    private @Nullable String database;

    Run(BackupRequest request, RunLock.@Nullable Held lock) {
      this.request = request;
      this.lock = lock;
      this.id = setup.policy().naming().name(request.trigger(), "database", startedAt, 1);
    }

    BackupOutcome take() {
      try {
        return takeOrThrow();
      } catch (BackupException e) {
        return failed(e);
      } catch (RuntimeException e) {
        return failed(
            new BackupException(
                ErrorKind.IO, "unable to take a backup", String.valueOf(e), null, e));
      }
    }

    private BackupOutcome takeOrThrow() {
      DatabaseFacts facts = setup.database().inspector().inspect();
      database = facts.name();
      remarks.addAll(new Debris(setup, register).remove(facts, startedAt));
      Requirements requirements = setup.database().inspector().requirements();
      id = new FreeName(setup).find(request.trigger(), facts.name(), startedAt);
      setup.events().tell(new BackupEvent.Started(id, request.trigger(), facts.name()));
      Fingerprint lastGood = lastGood(facts);

      DumpPass pass = new DumpPass(setup, id, facts, startedAt);
      try {
        PassedDump passed = pass.run(lastGood);
        requireLock();
        CopyPublisher publisher = new CopyPublisher(setup, id, run, facts, startedAt);
        List<CopyRecord> copies = publisher.publish(passed);
        remarks.addAll(publisher.remarks());
        return finish(manifest(facts, requirements, passed, copies));
      } finally {
        pass.close();
      }
    }

    private @Nullable Fingerprint lastGood(DatabaseFacts facts) {
      try {
        Catalogue catalogue = catalogueReader.read();
        return catalogue.entries().stream()
            .filter(CatalogueEntry::good)
            .map(CatalogueEntry::manifest)
            .filter(m -> m.database().name().equals(facts.name()))
            .filter(m -> m.scope().equals(setup.scope()))
            .map(Manifest::contents)
            .findFirst()
            .orElse(null);
      } catch (BackupException e) {
        remarks.add("the last good backup could not be compared with: " + e.getMessage());
        return null;
      }
    }

    private void requireLock() {
      if (lock != null && !lock.isHeld()) {
        throw new BackupException(
            ErrorKind.LOCKED,
            "unable to finish backup '" + id + "'",
            "the lock on the database was lost while it was taken",
            "look for a dropped connection to the database, then take the backup again");
      }
    }

    private Manifest manifest(
        DatabaseFacts facts,
        Requirements requirements,
        PassedDump passed,
        List<CopyRecord> copies) {
      return new Manifest(
          id,
          run,
          request.trigger(),
          request.reason(),
          request.due(),
          startedAt,
          setup.clock().instant(),
          setup.actor(),
          facts,
          setup.scope(),
          passed.tool(),
          passed.dump(),
          passed.findings().fingerprint(),
          requirements,
          passed.rules(),
          copies,
          setup.policy().copiesRequired(),
          List.copyOf(setup.policy().copiesRequiredIn()),
          register.heads());
    }

    private BackupOutcome finish(Manifest manifest) {
      Published published = new ManifestPublisher(setup).publish(manifest);
      Manifest written = published.manifest();
      List<BackupStorage> settled =
          setup.storages().stream().filter(storage -> isSettled(storage, written)).toList();
      boolean complete = settled.size() == setup.storages().size();
      String result = complete ? "COMPLETE" : "DEGRADED";
      record(result, BackupDetails.of(written, published.sha256()));
      // Where something failed the marker stays: the next run looks at what is really there.
      new PendingMarkers(setup.clock()).remove(settled, run);
      return told(
          complete
              ? new BackupOutcome.Complete(written, remarks)
              : new BackupOutcome.Degraded(written, remarks),
          result);
    }

    private boolean isSettled(BackupStorage storage, Manifest written) {
      return written.copies().stream()
          .anyMatch(copy -> copy.storage().equals(storage.info().name()) && copy.problem() == null);
    }

    BackupOutcome failed(BackupException failure) {
      LOG.warn("backup {} failed: {}", id, failure.getMessage());
      record("FAILED", BackupDetails.ofFailed(request, database, failure, elapsed()));
      return told(new BackupOutcome.Failed(id, failure, remarks), "FAILED");
    }

    private void record(String outcome, Map<String, String> details) {
      try {
        remarks.addAll(
            register
                .append(setup.entry(RegisterEvent.BACKUP, outcome, id, null, details))
                .failures());
      } catch (BackupException e) {
        LOG.warn("the register could not be written: {}", e.getMessage());
        remarks.add(e.getMessage());
      }
    }

    private BackupOutcome told(BackupOutcome outcome, String result) {
      setup.events().tell(new BackupEvent.Finished(id, result, elapsed()));
      return outcome;
    }

    private Duration elapsed() {
      return Duration.between(startedAt, setup.clock().instant());
    }
  }
}
