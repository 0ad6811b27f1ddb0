package com.conitrack.backup.core.verify;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests what is read through it, and can read the rest for the digest's sake. */
public final class DigestingInputStream extends FilterInputStream {
  private final MessageDigest digest = Sha256.newDigest();
  private volatile long bytes;

  /** Reads through to {@code in}. */
  public DigestingInputStream(InputStream in) {
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
      digest.update(into, offset, read);
      bytes = bytes + read;
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Bytes read so far; may be asked by any thread. */
  public long bytesSoFar() {
    return bytes;
  }

  /** Reads on to the end, then tells size and digest of all; to be called once. */
  public ByteDigest ofEverything() throws IOException {
    byte[] buffer = new byte[128 * 1024];
    while (read(buffer, 0, buffer.length) >= 0) {
      // Only the digest matters.
    }
    return new ByteDigest(bytes, Sha256.from(digest));
  }
}
