package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Writes, reads, refuses to overwrite, and deletes one small object. */
final class StorageProbe {
  private final BackupStorage storage;
  private final String key = "check/" + UUID.randomUUID();

  StorageProbe(BackupStorage storage) {
    this.storage = storage;
  }

  CheckItem probe() {
    String subject = "storage " + storage.info().name();
    try {
      String problem = problem();
      return problem.isEmpty()
          ? new CheckItem(
              subject, Status.OK, storage.info().location() + " takes, keeps and deletes", null)
          : new CheckItem(
              subject, Status.FAILED, problem, "do not use this storage until it is understood");
    } catch (BackupException e) {
      return new CheckItem(subject, Status.FAILED, e.what() + ": " + e.why(), e.hint());
    }
  }

  private String problem() {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    SmallObjects.put(storage, key, bytes, ObjectAttributes.JSON);
    try {
      if (!Arrays.equals(SmallObjects.get(storage, key), bytes)) {
        return "it does not give back what it was given";
      }
      if (storage.list("check/").stream().noneMatch(object -> object.key().equals(key))) {
        return "it does not list what it holds";
      }
      if (!refusesToOverwrite(bytes)) {
        return "it overwrites objects that exist";
      }
    } finally {
      storage.delete(key);
    }
    return storage.find(key).isEmpty() ? "" : "it still shows what was deleted";
  }

  private boolean refusesToOverwrite(byte[] bytes) {
    try {
      SmallObjects.put(storage, key, bytes, ObjectAttributes.JSON);
      return false;
    } catch (StorageException e) {
      if (e.kind() == ErrorKind.ALREADY_EXISTS) {
        return true;
      }
      throw e;
    }
  }
}
