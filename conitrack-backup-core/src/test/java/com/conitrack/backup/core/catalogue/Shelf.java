package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.manifest.SampleManifest;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two storages with backups in them, as the use cases would have left them. */
final class Shelf {
  static final Instant START = Instant.parse("2026-01-06T03:00:00Z");

  final InMemoryStorage disk = new InMemoryStorage("disk");
  final InMemoryStorage nas = new InMemoryStorage("nas");
  final List<BackupStorage> storages = List.of(disk, nas);
  private final Register register = new Register(storages);
  private int minute;

  /** Takes a backup into both storages. */
  Manifest take(String name) {
    return take(name, storages);
  }

  /** Takes a backup of which only {@code good} got a copy. */
  Manifest take(String name, List<BackupStorage> good) {
    Instant at = START.plusSeconds(60L * ++minute);
    byte[] dump = ("dump of " + name).getBytes(StandardCharsets.UTF_8);
    Manifest manifest = manifest(name, at, dump, good);
    byte[] bytes = ManifestJson.write(manifest);
    for (BackupStorage storage : good) {
      put(storage, manifest.dump().key(), dump);
      put(storage, manifest.key(), bytes);
    }
    tell(
        manifest,
        RegisterEvent.BACKUP,
        good.size() == 2 ? "COMPLETE" : "DEGRADED",
        null,
        Map.of(RegisterDetails.MANIFEST_SHA256, Sha256.of(bytes).hex()));
    return manifest;
  }

  private Manifest manifest(String name, Instant at, byte[] dump, List<BackupStorage> good) {
    List<CopyRecord> copies = new ArrayList<>();
    for (BackupStorage storage : storages) {
      copies.add(
          good.contains(storage)
              ? new CopyRecord(storage.info().name(), VerificationLevel.STORED, at, null)
              : new CopyRecord(storage.info().name(), VerificationLevel.NONE, null, "was down"));
    }
    ByteDigest digest = new ByteDigest(dump.length, Sha256.of(dump));
    return SampleManifest.full().toBuilder()
        .id(new BackupId(name))
        .run("run-of-" + name)
        .startedAt(at)
        .finishedAt(at)
        .dump(new StoredDump(name + ".sql.gz", List.of("gzip"), digest, digest))
        .copies(copies)
        .copiesRequired(2)
        .anchors(register.heads())
        .build();
  }

  /** The same manifest, as if another run had written it. */
  static Manifest ofRun(Manifest m, String run) {
    return m.toBuilder().run(run).build();
  }

  /** Records something about a backup. */
  void tell(
      Manifest manifest,
      RegisterEvent event,
      String outcome,
      @Nullable String storage,
      Map<String, String> more) {
    Map<String, String> details = new TreeMap<>(more);
    details.put(RegisterDetails.RUN, manifest.run());
    details.put(RegisterDetails.KEY, manifest.dump().key());
    register.append(
        new RegisterEntry(
            "entry-" + ++minute,
            START.plusSeconds(60L * minute),
            event,
            outcome,
            new Actor("ana", "host", "test"),
            manifest.id(),
            storage,
            new TreeMap<>(details)));
  }

  void delete(Manifest manifest) {
    for (BackupStorage storage : storages) {
      storage.delete(manifest.dump().key());
      storage.delete(manifest.key());
    }
  }

  static void put(BackupStorage storage, String key, byte[] bytes) {
    SmallObjects.put(storage, key, bytes, ObjectAttributes.JSON);
  }

  static void overwrite(BackupStorage storage, String key, byte[] bytes) {
    storage.delete(key);
    put(storage, key, bytes);
  }

  /** Reads the catalogue as a fresh process would. */
  Catalogue read() {
    return read(storages);
  }

  static Catalogue read(List<BackupStorage> storages) {
    return new CatalogueReader(storages, new Register(storages)).read();
  }
}
