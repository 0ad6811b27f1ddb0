package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A failure to come in a dump.
 *
 * @param bytes how much is written before it
 * @param failure what is thrown
 */
record DumpFault(long bytes, DatabaseException failure) {

  /** A sink that passes on as many bytes as this permits, then fails. */
  OutputStream within(OutputStream sink) {
    return new FailingSink(sink, this);
  }

  private static final class FailingSink extends OutputStream {
    private final OutputStream sink;
    private final DumpFault fault;
    private long left;

    FailingSink(OutputStream sink, DumpFault fault) {
      this.sink = sink;
      this.fault = fault;
      this.left = fault.bytes();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int permitted = (int) Math.min(left, length);
      sink.write(bytes, offset, permitted);
      left -= permitted;
      if (permitted < length) {
        throw fault.failure();
      }
    }
  }
}
