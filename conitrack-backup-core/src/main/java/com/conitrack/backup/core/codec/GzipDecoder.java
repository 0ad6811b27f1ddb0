package com.conitrack.backup.core.codec;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip members (RFC 1952) one after another to the very end of the source. The JDK's own
 * {@link java.util.zip.GZIPInputStream} is not used because it takes bytes that are no member for
 * the end of the file, and asks {@code available()} whether another member follows: either way a
 * damaged or slow source would pass for a short dump.
 */
final class GzipDecoder extends FilterInputStream {
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int RESERVED_FLAGS = 0xe0;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] coded = new byte[128 * 1024];
  private int position;
  private int limit;
  private boolean inMember;
  private boolean anyMember;
  private boolean anotherFollows;
  private boolean ended;
  private boolean closed;

  GzipDecoder(InputStream source) {
    super(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the gzip stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !beginMember()) {
        break;
      }
      int inflated = inflate(bytes, offset, length);
      if (inflated > 0) {
        return inflated;
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      int inflated = inflater.inflate(bytes, offset, length);
      crc.update(bytes, offset, inflated);
      if (inflater.finished()) {
        endMember();
      } else if (inflated == 0) {
        feed();
      }
      return inflated;
    } catch (DataFormatException e) {
      throw new IOException("the gzip data is damaged: " + e.getMessage(), e);
    }
  }

  private void feed() throws IOException {
    if (inflater.needsDictionary()) {
      throw new IOException("the gzip data is damaged: it asks for a dictionary");
    }
    if (!fill()) {
      throw new EOFException("the gzip data ends in the middle of a member");
    }
    inflater.setInput(coded, 0, limit);
    position = limit;
  }

  /** Reads the next piece of the source if the last one is used up; false at the source's end. */
  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = Math.max(0, in.read(coded, 0, coded.length));
    return limit > 0;
  }

  private boolean beginMember() throws IOException {
    if (!fill()) {
      if (!anyMember) {
        throw new EOFException("there is no gzip data at all");
      }
      if (anotherFollows) {
        throw new EOFException("the gzip data ends between two members");
      }
      ended = true;
      return false;
    }
    readHeader();
    inflater.reset();
    inflater.setInput(coded, position, limit - position);
    position = limit;
    crc.reset();
    inMember = true;
    anyMember = true;
    return true;
  }

  private void readHeader() throws IOException {
    if (next() != 0x1f || next() != 0x8b || next() != 8) {
      throw new IOException(
          anyMember
              ? "the gzip data is followed by bytes that are not gzip"
              : "this is not gzip data");
    }
    int flags = next();
    if ((flags & RESERVED_FLAGS) != 0) {
      throw new IOException("the gzip data is damaged: reserved flags are set");
    }
    skip(6);
    anotherFollows = false;
    if ((flags & FLAG_EXTRA) != 0) {
      readExtraFields(next() | next() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void readExtraFields(int bytes) throws IOException {
    int left = bytes;
    while (left >= 4) {
      boolean ours = next() == GzipBlock.FIELD_ID_1 & next() == GzipBlock.FIELD_ID_2;
      int length = Math.min(left - 4, next() | next() << 8);
      anotherFollows |= ours;
      skip(length);
      left -= 4 + length;
    }
    skip(left);
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long size = inflater.getBytesWritten() & 0xffffffffL;
    if (nextInt() != crc.getValue()) {
      throw new IOException("the gzip data is damaged: a member's checksum is wrong");
    }
    if (nextInt() != size) {
      throw new IOException("the gzip data is damaged: a member's size is wrong");
    }
    inMember = false;
  }

  private long nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    if (!fill()) {
      throw new EOFException("the gzip data ends in the middle of a member");
    }
    return coded[position++] & 0xff;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // A file name or comment, ended by a zero byte.
    }
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] nowhere = new byte[(int) Math.min(64 * 1024, Math.max(1, bytes))];
    long skipped = 0;
    while (skipped < bytes) {
      int read = read(nowhere, 0, (int) Math.min(nowhere.length, bytes - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      inflater.end();
      super.close();
    }
  }
}
