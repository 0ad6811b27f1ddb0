package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.adopt.AdoptionExaminer;
import com.conitrack.backup.core.adopt.AdoptionPreview;
import com.conitrack.backup.core.adopt.AdoptionRequest;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.CopyExaminer.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a backup of a dump that somebody else's tool has made. Its bytes are stored unchanged,
 * after a reading from beginning to end has shown that it is whole, of one database, fit to be
 * restored and as the policy's content rules ask; from then on it is a backup like any other. Safe
 * for use by many threads; the lock of the database lets one at a time work.
 */
public final class AdoptionTaker {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Adopts dumps of the database in {@code setup}. */
  public AdoptionTaker(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Reads a dump and tells what it is. Stores and records nothing.
   *
   * @throws BackupException if it is no dump or cannot be read
   */
  public AdoptionPreview examine(AdoptionRequest request) {
    return new Run(request, null).examine(setup.database().inspector().inspect());
  }

  /**
   * Adopts a dump and tells how that ended.
   *
   * @throws BackupException kind {@code LOCKED} if another run holds the lock: nothing was done,
   *     and nothing is recorded
   */
  public BackupOutcome adopt(AdoptionRequest request) {
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("adoption"), setup.lockWait())) {
      return new Run(request, held).adopt();
    } catch (BackupException e) {
      if (e.kind() == ErrorKind.LOCKED) {
        throw e;
      }
      return new Run(request, null).failed(e);
    }
  }

  /** One run's state. */
  private final class Run {
    private final AdoptionRequest request;
    private final RunLock.@Nullable Held lock;
    private final String run = UUID.randomUUID().toString();
    private final Instant begun = setup.clock().instant();
    private final List<String> remarks = new ArrayList<>();
    private final Conclusion conclusion = new Conclusion(setup, register, run, begun, remarks);
    private BackupId id;
    private @Nullable String database;

    Run(AdoptionRequest request, RunLock.@Nullable Held lock) {
      this.request = request;
      this.lock = lock;
      this.id = setup.policy().naming().name(Trigger.ADOPTED, "database", begun, 1);
    }

    BackupOutcome adopt() {
      try {
        return adoptOrThrow();
      } catch (BackupException e) {
        return failed(e);
      } catch (RuntimeException e) {
        return failed(
            new BackupException(
                ErrorKind.IO, "unable to adopt a dump", String.valueOf(e), null, e));
      }
    }

    BackupOutcome failed(BackupException failure) {
      BackupRequest asked = new BackupRequest(Trigger.ADOPTED, request.reason());
      return conclusion.failed(
          id, BackupDetails.ofFailed(asked, database, failure, conclusion.elapsed()), failure);
    }

    AdoptionPreview examine(DatabaseFacts facts) {
      ProgressMeter meter = new ProgressMeter(setup.events(), setup.clock(), id, Phase.VERIFYING);
      Watch watch = (stored, plain, tables, rows) -> meter.progressed(plain, stored, tables, rows);
      LastGood lastGood = new LastGood(setup, catalogueReader, remarks);
      AdoptionPreview found =
          new AdoptionExaminer(setup, watch)
              .examine(request, takenAt -> lastGood.of(facts, takenAt));
      remarks.addAll(found.remarks());
      return found;
    }

    private BackupOutcome adoptOrThrow() {
      DatabaseFacts facts = setup.database().inspector().inspect();
      database = facts.name();
      remarks.addAll(new Debris(setup, register).remove(facts, begun));
      AdoptionPreview preview = examine(facts);
      requireAdoptable(preview);
      requireNew(preview);
      id = new FreeName(setup).find(Trigger.ADOPTED, facts.name(), preview.takenAt());
      setup.events().tell(new BackupEvent.Started(id, Trigger.ADOPTED, facts.name()));
      try (AdoptionPass pass = new AdoptionPass(setup, id, preview, facts, begun)) {
        PassedDump passed = pass.run(request.source());
        requireLock();
        CopyPublisher publisher = new CopyPublisher(setup, id, run, facts, begun);
        List<CopyRecord> copies = publisher.publish(passed);
        remarks.addAll(publisher.remarks());
        return conclusion.finish(manifest(facts, preview, passed, copies), details(preview));
      }
    }

    private void requireAdoptable(AdoptionPreview preview) {
      if (!preview.adoptable()) {
        throw new BackupException(
            ErrorKind.RULE,
            "unable to adopt '" + preview.source() + "'",
            String.join("; ", preview.obstacles()),
            null);
      }
    }

    private void requireNew(AdoptionPreview preview) {
      for (CatalogueEntry entry : catalogueReader.read().entries()) {
        if (entry.manifest().dump().stored().equals(preview.stored())) {
          throw new BackupException(
              ErrorKind.ALREADY_EXISTS,
              "unable to adopt '" + preview.source() + "'",
              "the catalogue holds the same bytes already: backup '" + entry.id() + "'",
              "use that one; if a storage lacks a copy of it, replicate");
        }
      }
    }

    private void requireLock() {
      if (lock != null && !lock.isHeld()) {
        throw new BackupException(
            ErrorKind.LOCKED,
            "unable to finish backup '" + id + "'",
            "the lock on the database was lost while the dump was adopted",
            "look for a dropped connection to the database, then adopt the dump again");
      }
    }

    private Manifest manifest(
        DatabaseFacts facts, AdoptionPreview preview, PassedDump passed, List<CopyRecord> copies) {
      return Manifest.builder()
          .id(id)
          .run(run)
          .trigger(Trigger.ADOPTED)
          .reason(request.reason())
          .startedAt(preview.takenAt())
          .finishedAt(setup.clock().instant())
          .actor(setup.actor())
          .database(origin(facts, preview))
          .scope(setup.scope())
          .tool(passed.tool())
          .dump(passed.dump())
          .contents(passed.findings().fingerprint())
          .requirements(requirements(preview))
          .rules(passed.rules())
          .copies(copies)
          .copiesRequired(setup.policy().copiesRequired())
          .copiesRequiredIn(List.copyOf(setup.policy().copiesRequiredIn()))
          .anchors(register.heads())
          .adoption(new Manifest.Adoption(preview.source(), begun))
          .build();
    }

    /** The database as the dump tells of it; it goes under the name of the one it is kept for. */
    private DatabaseFacts origin(DatabaseFacts facts, AdoptionPreview preview) {
      ServerVersion version = Objects.requireNonNull(preview.findings().dumpedFrom());
      String encoding = preview.findings().encoding();
      return new DatabaseFacts(
          facts.name(),
          "unknown",
          null,
          version,
          0,
          encoding == null ? facts.encoding() : encoding,
          null);
    }

    /** As its statements name them; what else its database had was not recorded. */
    private Requirements requirements(AdoptionPreview preview) {
      DumpDemands demands = preview.findings().demands();
      return new Requirements(
          List.copyOf(demands.roles()),
          demands.extensions(),
          demands.tablespaces(),
          List.of(),
          null,
          List.of(),
          null,
          List.of(
              "adopted: roles, extensions and tablespaces are those that the dump names; which"
                  + " collations and settings its database had was not recorded when it was taken"),
          demands);
    }

    private Map<String, String> details(AdoptionPreview preview) {
      return Map.of(
          RegisterDetails.SOURCE,
          preview.source(),
          RegisterDetails.TAKEN_AT,
          preview.takenAt().toString());
    }
  }
}
