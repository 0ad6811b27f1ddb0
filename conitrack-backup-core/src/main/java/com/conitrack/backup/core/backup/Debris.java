package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.backup.PendingMarkers.Marker;
import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.StoredBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what runs that died have left in the storages. Works under the database's lock, so that a
 * marker of the same database cannot belong to a run that lives; markers of other databases are
 * only touched when no run can be that old.
 */
public final class Debris {
  private static final Logger LOG = LoggerFactory.getLogger(Debris.class);
  private static final Duration NO_RUN_IS_SO_OLD = Duration.ofDays(2);

  private final Setup setup;
  private final Register register;
  private final PendingMarkers markers;
  private @Nullable Set<String> recorded;

  /** Removes it from the storages of {@code setup}. */
  public Debris(Setup setup, Register register) {
    this.setup = setup;
    this.register = register;
    this.markers = new PendingMarkers(setup.clock());
  }

  /**
   * Removes it and tells, in words, what was removed; a storage that fails is told of, too. To be
   * called under the database's lock.
   */
  public List<String> remove(DatabaseFacts database, Instant now) {
    List<String> told = new ArrayList<>();
    for (BackupStorage storage : setup.storages()) {
      try {
        Stream.of(
                storage.sweep(now.minus(NO_RUN_IS_SO_OLD)),
                storage.sweepOwned(PendingMarkers.owner(database)))
            .flatMap(List::stream)
            .forEach(removed -> told.add(storage.info().name() + ": removed " + removed));
        for (Marker marker : markers.read(storage)) {
          if (isDebris(marker, database, now)) {
            settle(storage, marker).ifPresent(t -> told.add(storage.info().name() + ": " + t));
          }
        }
      } catch (BackupException e) {
        LOG.warn("what crashed runs left could not be removed: {}", e.getMessage());
        told.add(e.getMessage());
      }
    }
    return told;
  }

  private static boolean isDebris(Marker marker, DatabaseFacts database, Instant now) {
    return marker.database().equals(PendingMarkers.identity(database))
        || marker.writtenAt().isBefore(now.minus(NO_RUN_IS_SO_OLD));
  }

  /**
   * What was done about a marker.
   *
   * @param changed whether anything but the marker was touched
   */
  private record Settled(String told, boolean changed) {}

  /**
   * Settles a marker and tells what was done; nothing if that was nothing, and the marker itself
   * cannot go because its storage locks whatever is written to it.
   */
  private Optional<String> settle(BackupStorage storage, Marker marker) {
    Optional<byte[]> manifest = manifestOfRun(marker);
    Settled settled;
    try {
      settled =
          manifest.isPresent()
              ? complete(storage, marker, manifest.get())
              : withdraw(storage, marker);
    } catch (StorageException e) {
      return Optional.of(
          "'" + marker.dumpKey() + "', left by a run that had died, stays: " + unlessLocked(e));
    }
    try {
      storage.delete(marker.key());
      return Optional.of(settled.told);
    } catch (StorageException e) {
      LOG.debug("'{}' stays: {}", marker.key(), unlessLocked(e));
      return settled.changed ? Optional.of(settled.told) : Optional.empty();
    }
  }

  /** Why a lock forbids it; any other failure is thrown. */
  private static String unlessLocked(StorageException failure) {
    if (failure.kind() != ErrorKind.IMMUTABLE) {
      throw failure;
    }
    return failure.why();
  }

  /** The manifest that the run wrote to any storage before it died. */
  private Optional<byte[]> manifestOfRun(Marker marker) {
    String key = Manifest.keyOf(marker.dumpKey());
    for (BackupStorage storage : setup.storages()) {
      if (storage.find(key).isPresent()) {
        byte[] bytes = SmallObjects.get(storage, key);
        if (ManifestJson.read(bytes).run().equals(marker.run())) {
          return Optional.of(bytes);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The run died after its first manifest: the backup exists, and only its last steps are missing.
   */
  private Settled complete(BackupStorage storage, Marker marker, byte[] bytes) {
    Manifest manifest = ManifestJson.read(bytes);
    boolean lacksManifest = storage.find(manifest.key()).isEmpty() && isOurs(storage, marker);
    if (lacksManifest) {
      ObjectAttributes attributes =
          setup
              .policy()
              .immutability()
              .protect(ObjectAttributes.JSON, storage.info(), manifest.startedAt());
      SmallObjects.put(storage, manifest.key(), bytes, attributes);
    }
    boolean unrecorded = recordedRuns().add(marker.run());
    if (unrecorded) {
      boolean whole = manifest.copies().stream().allMatch(copy -> copy.problem() == null);
      register.append(
          setup.entry(
              RegisterEvent.BACKUP,
              whole ? "COMPLETE" : "DEGRADED",
              manifest.id(),
              null,
              BackupDetails.of(manifest, Sha256.of(bytes))));
    }
    return new Settled(
        "finished backup '" + manifest.id() + "' of a run that had died",
        lacksManifest || unrecorded);
  }

  private Set<String> recordedRuns() {
    Set<String> known = recorded;
    if (known == null) {
      known =
          register.entries().stream()
              .filter(e -> e.event() == RegisterEvent.BACKUP)
              .map(e -> e.details().getOrDefault(RegisterDetails.RUN, ""))
              .collect(Collectors.toCollection(HashSet::new));
      recorded = known;
    }
    return known;
  }

  private Settled withdraw(BackupStorage storage, Marker marker) {
    if (!isOurs(storage, marker)) {
      return new Settled(
          "forgot a run that had died before it left '" + marker.dumpKey() + "'", false);
    }
    storage.delete(marker.dumpKey());
    register.append(
        setup.entry(
            RegisterEvent.INCIDENT,
            "REMOVED",
            null,
            storage.info().name(),
            Map.of(
                RegisterDetails.KEY,
                marker.dumpKey(),
                RegisterDetails.RUN,
                marker.run(),
                RegisterDetails.REASON,
                "the run that wrote it died before its manifest was written")));
    return new Settled("removed '" + marker.dumpKey() + "', left by a run that had died", true);
  }

  private static boolean isOurs(BackupStorage storage, Marker marker) {
    try {
      return storage.find(marker.dumpKey()).isPresent()
          && StoredBytes.digest(storage, marker.dumpKey()).equals(marker.stored());
    } catch (StorageException e) {
      LOG.warn("'{}' is left alone: {}", marker.dumpKey(), e.getMessage());
      return false;
    }
  }
}
