package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StoredObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one storage lists.
 *
 * @param storage its name
 * @param bytesByKey sizes of its objects; empty if it could not be listed
 * @param failure why it could not be listed, null if it could
 */
record StorageContents(
    String storage, Map<String, Long> bytesByKey, @Nullable StorageException failure) {

  static StorageContents of(BackupStorage storage) {
    String name = storage.info().name();
    try {
      return new StorageContents(
          name,
          storage.list("").stream()
              .collect(Collectors.toMap(StoredObject::key, StoredObject::bytes)),
          null);
    } catch (StorageException e) {
      return new StorageContents(name, Map.of(), e);
    }
  }

  boolean listed() {
    return failure == null;
  }

  boolean holds(String key) {
    return bytesByKey.containsKey(key);
  }
}
