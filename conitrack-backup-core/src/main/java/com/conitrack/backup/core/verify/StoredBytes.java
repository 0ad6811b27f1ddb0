package com.conitrack.backup.core.verify;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import java.io.IOException;
import java.io.InputStream;

/** Reads an object for its digest. */
public final class StoredBytes {
  private StoredBytes() {}

  /**
   * Size and SHA-256 of an object, read from beginning to end.
   *
   * @throws StorageException if it is not there or cannot be read
   */
  public static ByteDigest digest(BackupStorage storage, String key) {
    try (InputStream object = storage.open(key)) {
      return new DigestingInputStream(object).ofEverything();
    } catch (IOException e) {
      throw new StorageException(
          ErrorKind.IO,
          "unable to read '" + key + "' from storage '" + storage.info().name() + "'",
          String.valueOf(e.getMessage()),
          null,
          e);
    }
  }
}
