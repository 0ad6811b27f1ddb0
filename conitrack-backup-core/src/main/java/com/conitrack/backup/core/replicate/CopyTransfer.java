package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.backup.PendingMarkers;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Action;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Made;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.CopyExaminer;
import com.conitrack.backup.core.verify.Examination;
import com.conitrack.backup.core.verify.Examination.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one copy good. The order is what makes a crash harmless:
 *
 * <ol>
 *   <li>what lies there is read: if it is what was recorded, nothing is copied;
 *   <li>a damaged object makes room only after a source has been read and proved to the last byte,
 *       and after the register has recorded that it will;
 *   <li>the dump is announced by a pending marker, streamed from a source with its digest taken as
 *       it passes, and committed only if the digest is the manifest's;
 *   <li>it is read back; the manifest is written beside it, byte for byte; the register records the
 *       proof, and the marker goes.
 * </ol>
 *
 * <p>A marker that a crash left is settled by the next run as that of a backup is: the run it names
 * has a manifest elsewhere, so a whole dump gets its manifest. Used once.
 */
final class CopyTransfer {
  private final Setup setup;
  private final Register register;
  private final ReplicationTask task;
  private final DatabaseFacts database;
  private final Manifest manifest;
  private final BackupStorage target;
  private final Sources sources;
  private final CopyExaminer examiner;
  private final PendingMarkers markers;
  private boolean targetOutOfReach;
  private boolean commitTried;

  /**
   * @param database the database whose lock is held
   * @param remarks is given what a person should know of sources
   */
  CopyTransfer(
      Setup setup,
      Register register,
      ReplicationTask task,
      DatabaseFacts database,
      List<String> remarks) {
    this.setup = setup;
    this.register = register;
    this.task = task;
    this.database = database;
    this.manifest = task.entry().manifest();
    this.target = Optional.ofNullable(setup.storage(task.storage())).orElseThrow();
    this.sources = new Sources(setup, register, task, remarks);
    this.examiner = new CopyExaminer(setup.codecs());
    this.markers = new PendingMarkers(setup.clock());
  }

  /** Whether it was the storage copied to that failed, and would fail again. */
  boolean targetOutOfReach() {
    return targetOutOfReach;
  }

  /**
   * Does it.
   *
   * @throws BackupException if the copy is not good now; kind {@code IMMUTABLE} if the storage does
   *     not let go of a damaged one
   */
  Made run() {
    try {
      byte[] manifestBytes = sources.manifest();
      if (onTarget(() -> target.find(dumpKey()).isPresent())) {
        Examination found = examine();
        if (found.proved()) {
          return complete(manifestBytes);
        }
        makeRoom(found);
      }
      Made made = copy(manifestBytes);
      sources.remark();
      return made;
    } catch (BackupException e) {
      failed(e);
      throw e;
    }
  }

  private void failed(BackupException failure) {
    String why = String.valueOf(failure.getMessage());
    setup.events().tell(new BackupEvent.CopyFailed(id(), task.storage(), why));
    try {
      record(
          failure.kind() == ErrorKind.IMMUTABLE ? "REFUSED" : "FAILED",
          Map.of(RegisterDetails.REASON, why));
    } catch (BackupException unwritten) {
      failure.addSuppressed(unwritten);
    }
  }

  /** The bytes are there and right: only the manifest or the proof was wanting. */
  private Made complete(byte[] manifestBytes) {
    boolean written = putManifest(manifestBytes);
    if (written) {
      record("COPIED", Map.of(RegisterDetails.REASON, task.detail()));
    } else {
      register.append(
          setup.entry(
              RegisterEvent.VERIFICATION, "PROVED", id(), task.storage(), details(Map.of())));
    }
    tellVerified();
    return new Made(id(), task.storage(), written ? Action.COMPLETED : Action.PROVED, null);
  }

  private void makeRoom(Examination found) {
    String detail = String.valueOf(found.detail());
    if (found.finding() == Finding.UNREACHABLE) {
      targetOutOfReach = true;
      throw new StorageException(ErrorKind.CONNECTION, unableTo(), detail, null);
    }
    if (found.finding() == Finding.MISSING) {
      return;
    }
    String source = sources.prove();
    record("PLANNED", Map.of(RegisterDetails.REASON, detail, RegisterDetails.SOURCE, source));
    try {
      onTarget(() -> target.delete(dumpKey()));
    } catch (StorageException e) {
      if (e.kind() == ErrorKind.IMMUTABLE) {
        throw new StorageException(
            ErrorKind.IMMUTABLE,
            unableTo(),
            "the copy there is damaged, and the storage keeps it from being deleted: " + e.why(),
            "it can be replaced once its protection ends; until then rely on the other copies",
            e);
      }
      throw e;
    }
  }

  private Made copy(byte[] manifestBytes) {
    onTarget(this::announce);
    String source = stream();
    setup
        .events()
        .tell(new BackupEvent.CopyStored(id(), task.storage(), manifest.dump().stored().bytes()));
    Examination found = examine();
    if (!found.proved()) {
      throw notProved(found);
    }
    putManifest(manifestBytes);
    record("COPIED", Map.of(RegisterDetails.REASON, task.detail(), RegisterDetails.SOURCE, source));
    markers.remove(List.of(target), manifest.run());
    tellVerified();
    return new Made(id(), task.storage(), Action.COPIED, source);
  }

  private String stream() {
    try {
      return sources.streamTo(this::begin);
    } catch (BackupException e) {
      if (!commitTried) {
        markers.remove(List.of(target), manifest.run());
      }
      throw e;
    }
  }

  /** A marker of the same run is as good: it announces the same dump. */
  private boolean announce() {
    try {
      markers.write(target, manifest.run(), database, manifest.dump());
    } catch (StorageException e) {
      if (e.kind() != ErrorKind.ALREADY_EXISTS) {
        throw e;
      }
    }
    return true;
  }

  private Upload begin() {
    ObjectAttributes attributes = protect(PendingMarkers.attributes(id(), database));
    return new WatchedUpload(onTarget(() -> target.begin(dumpKey(), attributes)));
  }

  private ObjectAttributes protect(ObjectAttributes attributes) {
    Instant until = retainUntil();
    return until == null ? attributes : attributes.retainedUntil(until);
  }

  /** As the policy protects the backup from its beginning on; null if that has ended. */
  private @Nullable Instant retainUntil() {
    Instant until = setup.policy().immutability().retainUntil(target.info(), manifest.startedAt());
    return until == null || until.isBefore(setup.clock().instant()) ? null : until;
  }

  private StorageException notProved(Examination found) {
    StorageException failure =
        new StorageException(
            found.finding() == Finding.UNREACHABLE ? ErrorKind.CONNECTION : ErrorKind.DAMAGED,
            unableTo(),
            "the copy was not proved when read back: " + found.detail(),
            "look at the storage, then replicate again");
    if (found.rejected()) {
      try {
        target.delete(dumpKey());
        markers.remove(List.of(target), manifest.run());
      } catch (StorageException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  private Examination examine() {
    return examiner.examine(
        sources.resumptions().listenTo(target),
        manifest.dump(),
        manifest.contents(),
        VerificationLevel.STORED,
        CopyExaminer.Watch.NOBODY);
  }

  /** Whether it had to be written: it was not there, or was another. */
  private boolean putManifest(byte[] bytes) {
    return onTarget(
        () -> {
          if (target.find(manifest.key()).isPresent()) {
            if (holdsManifest()) {
              return false;
            }
            target.delete(manifest.key());
          }
          SmallObjects.put(target, manifest.key(), bytes, protect(ObjectAttributes.JSON));
          return true;
        });
  }

  private boolean holdsManifest() {
    byte[] there = SmallObjects.get(target, manifest.key());
    return Sha256.of(there).equals(task.entry().manifestSha256());
  }

  private void record(String outcome, Map<String, String> more) {
    Map<String, String> details = details(more);
    if (!outcome.equals("COPIED")) {
      details.remove(RegisterDetails.LEVEL);
    }
    register.append(setup.entry(RegisterEvent.REPLICATION, outcome, id(), task.storage(), details));
  }

  private Map<String, String> details(Map<String, String> more) {
    Map<String, String> details = new TreeMap<>(more);
    details.put(RegisterDetails.RUN, manifest.run());
    details.put(RegisterDetails.KEY, dumpKey());
    details.put(RegisterDetails.LEVEL, VerificationLevel.STORED.name());
    return details;
  }

  private void tellVerified() {
    setup
        .events()
        .tell(new BackupEvent.CopyVerified(id(), task.storage(), VerificationLevel.STORED));
  }

  private <T> T onTarget(Supplier<T> work) {
    try {
      return work.get();
    } catch (StorageException e) {
      targetOutOfReach = isOutOfReach(e);
      throw e;
    }
  }

  private static boolean isOutOfReach(StorageException e) {
    return switch (e.kind()) {
      case CONNECTION, AUTHENTICATION, TIMEOUT, FULL -> true;
      default -> false;
    };
  }

  private BackupId id() {
    return manifest.id();
  }

  private String dumpKey() {
    return manifest.dump().key();
  }

  private String unableTo() {
    return "unable to make the copy of '" + id() + "' in storage '" + task.storage() + "' good";
  }

  /** Tells the target's failures from those of sources, and whether a dump may have appeared. */
  private final class WatchedUpload implements Upload {
    private final Upload below;

    WatchedUpload(Upload below) {
      this.below = below;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      onTarget(
          () -> {
            below.write(bytes, offset, length);
            return true;
          });
    }

    @Override
    public StoredObject commit() {
      commitTried = true;
      return onTarget(below::commit);
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
