package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pg_restore writes. Its end is only told once the tool has ended without an error and has
 * been given the whole archive.
 */
final class ArchiveStream extends InputStream {
  private static final int SIGNALLED = 128;
  private static final int MOST_LINES = 5;

  private final ToolProcess process;
  private final @Nullable ArchiveFeeder feeder;
  private boolean ended;

  ArchiveStream(ToolProcess process, @Nullable InputStream source) throws IOException {
    this.process = process;
    if (source == null) {
      this.feeder = null;
      process.stdin().close();
    } else {
      this.feeder = ArchiveFeeder.start(source, process);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = ended ? 0 : fill(into, offset, length);
    if (read == 0 && !ended) {
      finish();
      ended = true;
    }
    return read == 0 ? -1 : read;
  }

  /**
   * Waits until there is as much as was asked for: the tool writes a few KiB at a time, and handed
   * on like that each would wake every thread and process on the way to the server.
   */
  private int fill(byte[] into, int offset, int length) {
    try {
      return process.stdout().readNBytes(into, offset, length);
    } catch (IOException e) { // Closed under the reader, when the process was ended.
      return 0;
    }
  }

  private void finish() throws IOException {
    int exitCode = process.awaitEnd();
    if (feeder != null) {
      feeder.awaitEnd();
    }
    process.throwIfStopped(null);
    if (feeder != null) {
      feeder.throwIfSourceFailed();
    }
    if (exitCode > SIGNALLED) {
      throw new DatabaseException(
          ErrorKind.TOOL,
          "unable to read an archive of pg_dump's",
          "pg_restore was ended by signal " + (exitCode - SIGNALLED),
          "look for who ended it: a lack of memory does");
    }
    if (exitCode != 0) {
      throw new IOException("pg_restore cannot read the archive: " + said());
    }
    if (feeder != null && feeder.hasLeftOver()) {
      throw new IOException("other bytes follow the archive");
    }
  }

  private String said() {
    List<String> lines = process.said();
    return lines.isEmpty()
        ? "it ended without saying why"
        : String.join("; ", lines.subList(0, Math.min(MOST_LINES, lines.size())))
            .replace("pg_restore: error: ", "");
  }

  @Override
  public void close() throws IOException {
    process.close();
    if (feeder != null) {
      feeder.close();
    }
  }
}
