package com.conitrack.backup.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches for the end of a tar archive: two blocks of zeros (POSIX.1-2017, pax), and nothing but
 * zeros after them. Without them it is cut short, which reading alone would not notice between two
 * files.
 */
final class TarEnd extends FilterInputStream {
  private static final int END_BYTES = 1024;

  private long zerosInARow;
  private long total;

  TarEnd(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    for (int i = offset + read - 1; i >= offset && read > 0; i--) {
      if (into[i] != 0) {
        zerosInARow = offset + read - 1 - i;
        total += read;
        return read;
      }
    }
    if (read > 0) {
      zerosInARow += read;
      total += read;
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads on to the end of the source and checks that the archive ends there. */
  void requireEnd() throws IOException {
    byte[] rest = new byte[8192];
    for (int read = read(rest, 0, rest.length); read >= 0; read = read(rest, 0, rest.length)) {
      // Counted by the reading.
    }
    if (total < END_BYTES || zerosInARow < END_BYTES) {
      throw new EOFException("the tar archive is cut short, or other bytes follow it");
    }
  }
}
