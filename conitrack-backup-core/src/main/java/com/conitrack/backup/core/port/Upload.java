package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.StorageException;

/**
 * One object on its way into a storage; see {@link BackupStorage}. Used by one thread at a time.
 */
public interface Upload extends AutoCloseable {

  /**
   * Appends bytes. The array is the caller's again when this returns.
   *
   * @throws StorageException if they could not be written; the upload is then good only for closing
   * @throws IllegalStateException after a failed write, a commit or close
   */
  void write(byte[] bytes, int offset, int length);

  /**
   * Makes the object visible, whole and durable. After a failure the object is not visible, unless
   * the storage could not tell: then the exception's kind is {@code CONNECTION} and the key must be
   * looked at.
   *
   * @return the object as stored; its size is the number of bytes written
   * @throws StorageException {@code ALREADY_EXISTS} if the key was taken meanwhile
   * @throws IllegalStateException if called twice, or after a failed write, a failed commit or
   *     close
   */
  StoredObject commit();

  /** Ends the upload. Without a commit before, everything written is dropped. Never throws. */
  @Override
  void close();
}
