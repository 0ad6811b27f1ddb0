package com.conitrack.backup.storage.gcs;

import com.google.cloud.ReadChannel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads one generation of an object, whose size is known, to its end. The client asks for the rest
 * where a connection breaks off; that it ends early all the same is an error and not the end.
 */
final class ObjectStream extends InputStream {
  private final ReadChannel channel;
  private final ReadRetries retries;
  private final Failures failures;
  private final String what;
  private long remaining;

  /**
   * @param channel stands at the first byte wanted
   * @param remaining how many bytes there are from there
   * @param what what a failure is said to have prevented
   */
  ObjectStream(
      ReadChannel channel, long remaining, ReadRetries retries, Failures failures, String what) {
    this.channel = channel;
    this.remaining = remaining;
    this.retries = retries;
    this.failures = failures;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (remaining == 0) {
      return -1;
    }
    ByteBuffer wanted = ByteBuffer.wrap(target, offset, (int) Math.min(length, remaining));
    int read = readSome(wanted);
    if (read < 0) {
      throw new EOFException(
          what + ": it ended %,d bytes before its end; read it again".formatted(remaining));
    }
    remaining -= read;
    retries.progressed();
    return read;
  }

  private int readSome(ByteBuffer wanted) throws IOException {
    try {
      int read;
      do {
        read = channel.read(wanted);
      } while (read == 0);
      return read;
    } catch (IOException | RuntimeException e) {
      throw new IOException(failures.of(what, e).getMessage(), Failures.withoutSecrets(e));
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
