package com.conitrack.backup.testsupport.usecase;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.core.setup.ReadPatience;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A small stock database, two storages that can fail, and the library between them. */
final class World {
  static final BackupPolicy POLICY = BackupPolicy.defaults();

  final InMemoryDatabase database =
      InMemoryDatabase.named("stock")
          .table("public.lote", "id", "codigo")
          .row("public.lote", "1", "L-1")
          .row("public.lote", "2", "L-2")
          .table("public.movimiento", "id", "lote_id")
          .row("public.movimiento", "1", "1")
          .sequence("public.lote_id_seq", 2);
  final InMemoryStorage nasBelow = new InMemoryStorage("nas");
  final InMemoryStorage usbBelow = new InMemoryStorage("usb");
  final FaultyStorage nas = new FaultyStorage(nasBelow);
  final FaultyStorage usb = new FaultyStorage(usbBelow);
  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  final List<BackupEvent> events = Collections.synchronizedList(new ArrayList<>());

  ConitrackBackup backups() {
    return backups(POLICY);
  }

  ConitrackBackup backups(BackupPolicy policy) {
    return builder().policy(policy).build();
  }

  /** One who leaves a storage behind soon; too soon on a busy machine for tests of other things. */
  ConitrackBackupBuilder impatient() {
    return builder().stallLimit(Duration.ofMillis(300));
  }

  ConitrackBackupBuilder builder() {
    return ConitrackBackup.builder()
        .database(database)
        .storage(nas)
        .storage(usb)
        .policy(POLICY)
        .listener(events::add)
        .readPatience(
            new ReadPatience(3, Duration.ofSeconds(1), Duration.ofMinutes(1), pauses::add))
        .actor("ana");
  }

  static List<String> keys(BackupStorage storage) {
    return storage.list("").stream().map(StoredObject::key).toList();
  }

  /** The keys of a storage but for its register. */
  static List<String> backupKeys(BackupStorage storage) {
    return keys(storage).stream().filter(key -> !key.startsWith("register/")).toList();
  }

  static List<RegisterEntry> entries(ConitrackBackup backups, RegisterEvent event) {
    return backups.register().entries().stream().filter(e -> e.event() == event).toList();
  }

  static List<Manifest> manifests(ConitrackBackup backups) {
    return backups.catalogue().entries().stream().map(CatalogueEntry::manifest).toList();
  }

  static byte[] read(BackupStorage storage, String key) {
    try (InputStream in = storage.open(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts other bytes in an object's place, as someone with access to the storage can. */
  static void replace(BackupStorage storage, String key, byte[] bytes) {
    storage.delete(key);
    try (Upload upload = storage.begin(key, ObjectAttributes.JSON)) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }
}
