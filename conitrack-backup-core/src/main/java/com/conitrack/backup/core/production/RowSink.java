package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpRows;
import java.io.IOException;
import java.io.OutputStream;

/** Takes a plain dump for its rows. */
final class RowSink extends OutputStream {
  private final DumpRows rows;

  RowSink(DumpRows rows) {
    this.rows = rows;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    rows.accept(bytes, offset, length);
  }
}
