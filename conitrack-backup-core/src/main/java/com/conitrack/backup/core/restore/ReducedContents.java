package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.dump.RestoreFilter;
import com.conitrack.backup.core.dump.RestoreFilter.Brackets;
import com.conitrack.backup.core.model.LeftOut;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the fingerprint of a plain dump without what a restore leaves out, so that the backup and
 * the restored database can be compared in all else.
 */
final class ReducedContents extends OutputStream {
  private final DumpInspector inspector = new DumpInspector();
  private final RestoreFilter filter;

  ReducedContents(LeftOut leftOut) {
    this.filter =
        new RestoreFilter(new InspectingSink(inspector), Brackets.KEPT, leftOut.uncompared());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    filter.accept(bytes, offset, length);
  }

  /** The dump has ended. */
  DumpFindings finish() throws IOException {
    filter.finish();
    return inspector.finish();
  }
}
