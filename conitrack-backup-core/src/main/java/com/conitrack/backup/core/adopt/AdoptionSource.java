package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.model.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;

/** Where the bytes of somebody else's dump come from. Nothing is concluded from its name. */
public interface AdoptionSource {

  /** What it is called, without the directories it lies in. */
  String name();

  /** When it was changed last. */
  Instant modifiedAt();

  /** Its bytes from the beginning, the same each time it is opened. The caller closes it. */
  InputStream open() throws IOException;

  /**
   * A file of a file system.
   *
   * @throws BackupException kind {@code NOT_FOUND} if it is not there, {@code CONFIGURATION} if it
   *     is a directory, {@code IO} if it cannot be looked at
   */
  static AdoptionSource file(Path file) {
    return FileSource.of(file);
  }
}
