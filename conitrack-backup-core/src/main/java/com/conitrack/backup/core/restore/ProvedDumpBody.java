package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.dump.RestoreFilter;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.verify.CopyExaminer;
import com.conitrack.backup.core.verify.DigestingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Streams one copy towards a restorer and, in the same pass, proves it: it returns normally only if
 * the stored bytes, the plain bytes and the contents are those of the manifest and the dump is
 * whole.
 */
final class ProvedDumpBody implements DatabaseRestorer.DumpBody {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final BackupStorage storage;
  private final Manifest manifest;
  private final CodecChain chain;
  private final ProgressMeter meter;
  private boolean copyAtFault;

  ProvedDumpBody(BackupStorage storage, Manifest manifest, CodecChain chain, ProgressMeter meter) {
    this.storage = storage;
    this.manifest = manifest;
    this.chain = chain;
    this.meter = meter;
  }

  /** Whether it was the copy that failed, so that another one may do. */
  boolean copyAtFault() {
    return copyAtFault;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    copyAtFault = true;
    try (InputStream object = storage.open(manifest.dump().key())) {
      DigestingInputStream source = new DigestingInputStream(object);
      DumpInspector inspector = new DumpInspector();
      try (InputStream plain = chain.decode(source)) {
        pump(plain, inspector, new RestoreFilter(sink));
        requireStored(source.ofEverything());
      }
      String problem =
          CopyExaminer.contentProblem(
              manifest.dump().plain(), manifest.contents(), inspector.finish());
      if (!problem.isEmpty()) {
        throw new IOException(problem);
      }
    }
    copyAtFault = false;
  }

  private void pump(InputStream plain, DumpInspector inspector, RestoreFilter filter)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
      inspector.accept(buffer, 0, read);
      copyAtFault = false;
      filter.accept(buffer, 0, read);
      copyAtFault = true;
      bytes += read;
      meter.progressed(bytes, 0, inspector.tablesSoFar(), inspector.rowsSoFar());
    }
    filter.finish();
    meter.ended(bytes, 0, inspector.tablesSoFar(), inspector.rowsSoFar());
  }

  private void requireStored(ByteDigest found) throws IOException {
    if (!found.equals(manifest.dump().stored())) {
      throw new IOException(
          "the copy was altered: " + found.bytes() + " bytes with SHA-256 " + found.sha256());
    }
  }
}
