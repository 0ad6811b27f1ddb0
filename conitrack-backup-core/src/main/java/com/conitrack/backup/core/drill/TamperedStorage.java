package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A storage that gives other bytes for one object than it holds. Nothing in it can be changed. */
final class TamperedStorage implements BackupStorage {
  private final BackupStorage below;
  private final String key;
  private final Tampering tampering;

  TamperedStorage(BackupStorage below, String key, Tampering tampering) {
    this.below = below;
    this.key = key;
    this.tampering = tampering;
  }

  /** Other bytes for an object. */
  @FunctionalInterface
  interface Tampering {
    InputStream open(BackupStorage storage, String key) throws IOException;
  }

  @Override
  public InputStream open(String asked, long offset) {
    if (!asked.equals(key)) {
      return below.open(asked, offset);
    }
    try {
      InputStream altered = tampering.open(below, key);
      altered.skipNBytes(offset);
      return altered;
    } catch (IOException e) {
      throw new StorageException(
          ErrorKind.IO, "unable to alter '" + key + "'", String.valueOf(e.getMessage()), null, e);
    }
  }

  @Override
  public StorageInfo info() {
    return below.info();
  }

  @Override
  public Optional<StoredObject> find(String asked) {
    return below.find(asked);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return below.list(prefix);
  }

  @Override
  public Upload begin(String asked, ObjectAttributes attributes) {
    throw refused(asked);
  }

  @Override
  public boolean delete(String asked) {
    throw refused(asked);
  }

  @Override
  public List<String> sweep(Instant olderThan) {
    return List.of();
  }

  @Override
  public List<String> sweepOwned(String owner) {
    return List.of();
  }

  private static StorageException refused(String asked) {
    return new StorageException(
        ErrorKind.PERMISSION,
        "unable to change '" + asked + "'",
        "a negative control changes nothing",
        null);
  }
}
