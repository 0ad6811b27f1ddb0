package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.backup.PendingMarkers.Marker;
import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseFacts;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        storage
            .sweep(now.minus(NO_RUN_IS_SO_OLD))
            .forEach(removed -> told.add(storage.info().name() + ": removed " + removed));
        for (Marker marker : markers.read(storage)) {
          if (isDebris(marker, database, now)) {
            told.add(storage.info().name() + ": " + settle(storage, marker));
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

  private String settle(BackupStorage storage, Marker marker) {
    Optional<byte[]> manifest = manifestOfRun(marker);
    String told =
        manifest.isPresent()
            ? complete(storage, marker, manifest.get())
            : withdraw(storage, marker);
    storage.delete(marker.key());
    return told;
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
  private String complete(BackupStorage storage, Marker marker, byte[] bytes) {
    Manifest manifest = ManifestJson.read(bytes);
    if (storage.find(manifest.key()).isEmpty() && isOurs(storage, marker)) {
      SmallObjects.put(storage, manifest.key(), bytes, ObjectAttributes.JSON);
    }
    boolean recorded =
        register.entries().stream()
            .anyMatch(
                e ->
                    e.event() == RegisterEvent.BACKUP
                        && marker.run().equals(e.details().get(RegisterDetails.RUN)));
    if (!recorded) {
      boolean whole = manifest.copies().stream().allMatch(copy -> copy.problem() == null);
      register.append(
          setup.entry(
              RegisterEvent.BACKUP,
              whole ? "COMPLETE" : "DEGRADED",
              manifest.id(),
              null,
              BackupDetails.of(manifest, Sha256.of(bytes))));
    }
    return "finished backup '" + manifest.id() + "' of a run that had died";
  }

  private String withdraw(BackupStorage storage, Marker marker) {
    if (!isOurs(storage, marker)) {
      return "forgot a run that had died before it left '" + marker.dumpKey() + "'";
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
    return "removed '" + marker.dumpKey() + "', left by a run that had died";
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
