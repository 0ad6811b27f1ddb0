package com.conitrack.backup.core.objects;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;

/** Objects small enough to be held in memory. */
public final class SmallObjects {
  private static final int MOST_BYTES = 64 << 20;

  private SmallObjects() {}

  /**
   * Writes a whole object, create-only.
   *
   * @throws StorageException as {@link BackupStorage#begin} and {@link Upload#commit} do
   */
  public static void put(
      BackupStorage storage, String key, byte[] bytes, ObjectAttributes attributes) {
    try (Upload upload = storage.begin(key, attributes)) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }

  /**
   * Reads a whole object of at most 64 MiB.
   *
   * @throws StorageException kind {@code NOT_FOUND} if it is not there, {@code DAMAGED} if it is
   *     larger than any object of this kind can be, {@code IO} if it could not be read
   */
  public static byte[] get(BackupStorage storage, String key) {
    return storage instanceof SmallObjectSource source ? source.get(key) : read(storage, key);
  }

  /** The same through a stream, whatever shorter way the storage knows. */
  public static byte[] read(BackupStorage storage, String key) {
    try (InputStream object = storage.open(key)) {
      byte[] bytes = object.readNBytes(MOST_BYTES);
      if (object.read() >= 0) {
        throw new StorageException(
            ErrorKind.DAMAGED, unableToRead(storage, key), "it is larger than 64 MiB", null);
      }
      return bytes;
    } catch (IOException e) {
      throw new StorageException(
          ErrorKind.IO, unableToRead(storage, key), String.valueOf(e.getMessage()), null, e);
    }
  }

  private static String unableToRead(BackupStorage storage, String key) {
    return "unable to read '" + key + "' from storage '" + storage.info().name() + "'";
  }
}
