package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.objects.LogContext;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes one backup, from the lock to the register. The order is what makes a crash harmless:
 *
 * <ol>
 *   <li>under the database's lock, what crashed runs have left is removed;
 *   <li>the dump passes once, into uploads that nobody can see ({@link DumpPass});
 *   <li>only a whole dump that meets the policy's rules is made visible, read back and proved
 *       ({@link CopyPublisher}), each copy announced beforehand by a pending marker; and only while
 *       the lock is held, which is asked before and after, and watched while the dump passes;
 *   <li>the manifest is written beside every proved copy: from then on the backup exists;
 *   <li>the register records it, and the markers go.
 * </ol>
 *
 * Safe for use by many threads; the lock lets one at a time work.
 */
public final class BackupTaker {
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
      return notBegun(request, e);
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

  /**
   * Records a backup that could not even begin, for instance because its database was out of reach.
   */
  public BackupOutcome notBegun(BackupRequest request, BackupException why) {
    return new Run(request, null).failed(why);
  }

  /** One run's state. */
  private final class Run {
    private final BackupRequest request;
    private final RunLock.@Nullable Held lock;
    private final String run = UUID.randomUUID().toString();
    private final Instant startedAt = setup.clock().instant();
    private final List<String> remarks = new ArrayList<>();
    private final Conclusion conclusion = new Conclusion(setup, register, run, startedAt, remarks);
    private BackupId id;
    private @Nullable String database;

    Run(BackupRequest request, RunLock.@Nullable Held lock) {
      this.request = request;
      this.lock = lock;
      this.id = setup.policy().naming().name(request.trigger(), "database", startedAt, 1);
    }

    BackupOutcome take() {
      return LogContext.about(id, this::takeOrTell);
    }

    private BackupOutcome takeOrTell() {
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
      LogContext.renamed(id);
      setup.events().tell(new BackupEvent.Started(id, request.trigger(), facts.name()));
      Fingerprint lastGood = new LastGood(setup, catalogueReader, remarks).of(facts, startedAt);

      DumpPass pass = new DumpPass(setup, id, facts, startedAt);
      try {
        PassedDump passed = passWatched(pass, lastGood);
        requireLock();
        CopyPublisher publisher = new CopyPublisher(setup, id, run, facts, startedAt);
        List<CopyRecord> copies = publisher.publish(passed);
        remarks.addAll(publisher.remarks());
        withdrawUnlessHeld(publisher, passed);
        return conclusion.finish(manifest(facts, requirements, passed, copies), Map.of());
      } finally {
        pass.close();
      }
    }

    private PassedDump passWatched(DumpPass pass, @Nullable Fingerprint lastGood) {
      if (lock == null) {
        return pass.run(lastGood);
      }
      LockWatch watch = LockWatch.start(lock);
      try (watch) {
        return pass.run(lastGood);
      } catch (RuntimeException e) {
        throw watch.lost() ? lockLost(e) : e;
      }
    }

    private void requireLock() {
      if (lock != null && !lock.isHeld()) {
        throw lockLost(null);
      }
    }

    /** Whoever stood still while copies were committed may have been taken for dead meanwhile. */
    private void withdrawUnlessHeld(CopyPublisher publisher, PassedDump passed) {
      try {
        requireLock();
      } catch (BackupException e) {
        publisher.withdraw(passed);
        throw e;
      }
    }

    private BackupException lockLost(@Nullable Throwable cause) {
      return new BackupException(
          ErrorKind.LOCKED,
          "unable to finish backup '" + id + "'",
          "the lock on the database was lost while it was taken",
          "look for a dropped connection to the database, then take the backup again",
          cause);
    }

    private Manifest manifest(
        DatabaseFacts facts,
        Requirements requirements,
        PassedDump passed,
        List<CopyRecord> copies) {
      return Manifest.builder()
          .id(id)
          .run(run)
          .trigger(request.trigger())
          .reason(request.reason())
          .due(request.due())
          .change(request.change())
          .startedAt(startedAt)
          .finishedAt(setup.clock().instant())
          .actor(setup.actor())
          .database(facts)
          .scope(setup.scope())
          .tool(passed.tool())
          .dump(passed.dump())
          .contents(passed.findings().fingerprint())
          .requirements(requirements.with(passed.findings().demands()))
          .rules(passed.rules())
          .copies(copies)
          .copiesRequired(setup.policy().copiesRequired())
          .copiesRequiredIn(List.copyOf(setup.policy().copiesRequiredIn()))
          .anchors(register.heads())
          .build();
    }

    BackupOutcome failed(BackupException failure) {
      return conclusion.failed(
          id, BackupDetails.ofFailed(request, database, failure, conclusion.elapsed()), failure);
    }
  }
}
