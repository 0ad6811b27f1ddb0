package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.setup.ProgressMeter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The head of the pass, into which the database's tool writes: each piece is inspected and digested
 * while it is warm, then handed to the coding.
 */
final class DumpStream extends OutputStream {
  private final DumpInspector inspector;
  private final OutputStream coding;
  private final FanOut end;
  private final ProgressMeter meter;
  private long bytes;

  DumpStream(DumpInspector inspector, OutputStream coding, FanOut end, ProgressMeter meter) {
    this.inspector = inspector;
    this.coding = coding;
    this.end = end;
    this.meter = meter;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    inspector.accept(from, offset, length);
    coding.write(from, offset, length);
    bytes += length;
    meter.progressed(bytes, end.bytesSoFar(), inspector.tablesSoFar(), inspector.rowsSoFar());
  }

  /** Completes the coding and waits until every copy is written or has failed. */
  @Override
  public void close() throws IOException {
    coding.close();
    meter.ended(bytes, end.bytesSoFar(), inspector.tablesSoFar(), inspector.rowsSoFar());
  }
}
