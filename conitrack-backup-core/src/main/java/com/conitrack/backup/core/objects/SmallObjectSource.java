package com.conitrack.backup.core.objects;

import com.conitrack.backup.core.model.StorageException;

/**
 * A storage, or a decorator of one, that reads a whole small object for less than it costs to open,
 * read and close a stream.
 */
public interface SmallObjectSource {
  /**
   * Reads a whole object.
   *
   * @throws StorageException as {@link SmallObjects#get} does
   */
  byte[] get(String key);
}
