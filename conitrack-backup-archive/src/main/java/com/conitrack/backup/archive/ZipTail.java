package com.conitrack.backup.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps the end of an archive as it passes: the "end of central directory record" must stand there,
 * with nothing after it but the comment whose length it tells (APPNOTE.TXT, 4.3.16).
 */
final class ZipTail extends FilterInputStream {
  private static final int RECORD = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long IN_ZIP64_RECORD = 0xffffffffL;

  private final byte[] kept = new byte[RECORD + LONGEST_COMMENT];
  private long total;

  ZipTail(InputStream in) {
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
    if (read > 0) {
      keep(into, offset, read);
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  /** A ring: the byte at {@code n} of the archive lies at {@code n} modulo its size. */
  private void keep(byte[] from, int offset, int length) {
    int count = Math.min(length, kept.length);
    long first = total + length - count;
    int at = (int) (first % kept.length);
    int upToEdge = Math.min(count, kept.length - at);
    System.arraycopy(from, offset + length - count, kept, at, upToEdge);
    System.arraycopy(from, offset + length - count + upToEdge, kept, 0, count - upToEdge);
    total += length;
  }

  /**
   * Reads on to the end of the source and checks that the archive ends there.
   *
   * @param entries how many entries were found
   */
  void requireEnd(long entries) throws IOException {
    byte[] rest = new byte[8192];
    while (read(rest, 0, rest.length) >= 0) {
      // Kept by the reading.
    }
    long earliest = Math.max(0, total - kept.length);
    for (long at = total - RECORD; at >= earliest; at--) {
      if (isRecord(at)) {
        requireFits(at, entries);
        return;
      }
    }
    throw new EOFException("the zip archive is cut short, or other bytes follow it");
  }

  private boolean isRecord(long at) {
    return number(at, 4) == 0x06054b50L && at + RECORD + number(at + 20, 2) == total;
  }

  private void requireFits(long at, long entries) throws IOException {
    long size = number(at + 12, 4);
    long offset = number(at + 16, 4);
    boolean small = size != IN_ZIP64_RECORD && offset != IN_ZIP64_RECORD;
    if (small && offset + size != at || number(at + 10, 2) != Math.min(entries, 0xffff)) {
      throw new IOException("the zip archive is damaged: its directory does not fit its content");
    }
  }

  private long number(long at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | kept[(int) ((at + i) % kept.length)] & 0xff;
    }
    return value;
  }
}
