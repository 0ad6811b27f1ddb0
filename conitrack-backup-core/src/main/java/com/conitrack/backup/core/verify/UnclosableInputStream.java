package com.conitrack.backup.core.verify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets a decoder be closed, to free its memory, while its source is still needed. */
final class UnclosableInputStream extends FilterInputStream {
  UnclosableInputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return in.read(into, offset, length);
  }

  @Override
  public void close() {
    // The source stays open.
  }
}
