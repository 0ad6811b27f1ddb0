package com.conitrack.backup.testsupport.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Hands bytes out in small portions and never says that more are available, as a network does; may
 * break instead of ending.
 */
final class AwkwardSource extends InputStream {
  static final String BROKEN = "this source is broken";

  private final InputStream bytes;
  private final int portion;
  private final boolean breaks;
  private boolean closed;

  AwkwardSource(byte[] bytes, int portion, boolean breaks) {
    this.bytes = new ByteArrayInputStream(bytes);
    this.portion = portion;
    this.breaks = breaks;
  }

  @Override
  public int read() throws IOException {
    return orBreak(bytes.read());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return orBreak(bytes.read(target, offset, Math.min(length, portion)));
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  private int orBreak(int result) throws IOException {
    if (result < 0 && breaks) {
      throw new IOException(BROKEN);
    }
    return result;
  }
}
