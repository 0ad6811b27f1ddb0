package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.dump.DumpInspector;
import java.io.OutputStream;

/** Only looks at what is dumped. */
final class InspectingSink extends OutputStream {
  private final DumpInspector inspector;

  InspectingSink(DumpInspector inspector) {
    this.inspector = inspector;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    inspector.accept(bytes, offset, length);
  }
}
