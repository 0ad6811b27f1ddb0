package com.conitrack.backup.storage.fs;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads an object. Objects never change, so one that ends before the length it had when opened was
 * cut while being read, which is an error and not its end. Not mapped into memory: there a drive's
 * I/O error would be a crash instead of an exception.
 */
final class ObjectStream extends InputStream {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final FileChannel channel;
  private final Path file;
  private final long expected;
  private long position;

  private ObjectStream(FileChannel channel, Path file) throws IOException {
    this.channel = channel;
    this.file = file;
    this.expected = channel.size();
    this.position = channel.position();
  }

  /** Reads from {@code offset} on. */
  static InputStream open(Path file, long offset) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      channel.position(offset);
      return new BufferedInputStream(new ObjectStream(channel, file), BUFFER_BYTES);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = channel.read(ByteBuffer.wrap(target, offset, length));
    if (read < 0 && position < expected) {
      throw new EOFException(
          "'%s' was cut while being read: it had %,d bytes and ends after %,d"
              .formatted(file, expected, position));
    }
    position += Math.max(0, read);
    return read;
  }

  @Override
  public int available() {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, expected - position));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
