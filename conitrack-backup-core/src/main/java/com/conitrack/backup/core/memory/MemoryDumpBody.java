package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseRestorer.DumpBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Takes a dump's bytes from whoever pushes them. */
final class MemoryDumpBody {
  private MemoryDumpBody() {}

  /**
   * The whole dump.
   *
   * @param what what fails if the body throws
   */
  static String read(DumpBody body, String what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException | RuntimeException e) {
      ErrorKind kind = e instanceof BackupException known ? known.kind() : ErrorKind.IO;
      throw new DatabaseException(
          kind, what, "the dump could not be read whole: " + e, "nothing was changed", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
