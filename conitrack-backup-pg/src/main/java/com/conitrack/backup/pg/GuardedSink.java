package com.conitrack.backup.pg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells a failure to write to psql from one of the body's own, however the body wraps it. Used by
 * one thread at a time; its failure may be asked for by any.
 */
final class GuardedSink extends OutputStream {
  private final OutputStream psql;
  private volatile @Nullable IOException failure;

  GuardedSink(OutputStream psql) {
    this.psql = psql;
  }

  boolean failed() {
    return failure != null;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    IOException before = failure;
    if (before != null) {
      throw before;
    }
    try {
      psql.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      psql.flush();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.US_ASCII));
    flush();
  }
}
