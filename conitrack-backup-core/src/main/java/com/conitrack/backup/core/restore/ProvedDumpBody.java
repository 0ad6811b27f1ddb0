package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.dump.NamedContents;
import com.conitrack.backup.core.dump.RestoreFilter;
import com.conitrack.backup.core.dump.RestoreFilter.Brackets;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.verify.CopyExaminer;
import com.conitrack.backup.core.verify.DigestingInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
  private final RestoreOptions options;
  private Fingerprint contents;
  private @Nullable NamedContents named;
  private SortedMap<String, Integer> leftOut = new TreeMap<>();
  private Fault fault = Fault.NONE;

  /** Of the source, which a codec may read on a thread of its own. */
  private volatile @Nullable Fault sourceFault;

  ProvedDumpBody(
      BackupStorage storage,
      Manifest manifest,
      CodecChain chain,
      ProgressMeter meter,
      RestoreOptions options) {
    this.storage = storage;
    this.manifest = manifest;
    this.chain = chain;
    this.meter = meter;
    this.options = options;
    this.contents = manifest.contents();
  }

  /** What was to blame when a restore failed. */
  enum Fault {
    /** Neither copy nor storage: another copy would not help. */
    NONE,
    /** The storage did not give the bytes, which says nothing about them. */
    UNREACHABLE,
    /**
     * A tool that decodes is missing or was ended, or so it seems: damaged bytes may name a version
     * that no tool has, or be more than one can bear.
     */
    UNDECODED,
    /** The copy is missing or is not what was recorded. */
    DAMAGED
  }

  /** What was to blame; to be asked after a failure. */
  Fault fault() {
    Fault ofSource = sourceFault;
    return ofSource == null ? fault : ofSource;
  }

  /** What a database holds that all of this was loaded into; to be asked after a success. */
  Fingerprint contents() {
    return contents;
  }

  /** The same whatever the order of columns in inheriting tables. */
  NamedContents named() {
    return Objects.requireNonNull(named, "the dump was not read to its end");
  }

  /** How many statements were left out, by the word for them; to be asked after a success. */
  SortedMap<String, Integer> leftOut() {
    return leftOut;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    sourceFault = null;
    fault = Fault.UNREACHABLE;
    try (InputStream object = new Source(open())) {
      fault = Fault.DAMAGED;
      DigestingInputStream source = new DigestingInputStream(object);
      DumpInspector inspector = new DumpInspector();
      try (InputStream plain = chain.decode(source)) {
        pump(plain, inspector, sink);
        requireStored(source.ofEverything());
      }
      DumpFindings found = inspector.finish();
      String problem =
          CopyExaminer.contentProblem(chain, manifest.dump(), manifest.contents(), found);
      if (options.leftOut().isNothing()) {
        named = found.named();
      }
      if (!problem.isEmpty()) {
        throw new IOException(problem);
      }
    } catch (StorageException e) {
      throw e;
    } catch (BackupException e) {
      fault = fault == Fault.DAMAGED ? Fault.UNDECODED : Fault.NONE;
      throw e;
    }
    fault = Fault.NONE;
  }

  private InputStream open() {
    try {
      return storage.open(manifest.dump().key());
    } catch (StorageException e) {
      fault = blame(e);
      throw e;
    }
  }

  private static Fault blame(StorageException e) {
    boolean damaged = e.kind() == ErrorKind.NOT_FOUND || e.kind() == ErrorKind.DAMAGED;
    return damaged ? Fault.DAMAGED : Fault.UNREACHABLE;
  }

  private void pump(InputStream plain, DumpInspector inspector, OutputStream sink)
      throws IOException {
    Brackets brackets = options.isWhole() ? Brackets.LEFT_OUT : Brackets.KEPT;
    RestoreFilter filter = new RestoreFilter(sink, brackets, options.leftOut());
    @Nullable ReducedContents reduced =
        options.leftOut().isNothing() ? null : new ReducedContents(options.leftOut());
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
      inspector.accept(buffer, 0, read);
      if (reduced != null) {
        reduced.write(buffer, 0, read);
      }
      fault = Fault.NONE;
      filter.accept(buffer, 0, read);
      fault = Fault.DAMAGED;
      bytes += read;
      meter.progressed(bytes, 0, inspector.tablesSoFar(), inspector.rowsSoFar());
    }
    filter.finish();
    leftOut = filter.leftOut();
    if (reduced != null) {
      DumpFindings found = reduced.finish();
      contents = found.fingerprint();
      named = found.named();
    }
    meter.ended(bytes, 0, inspector.tablesSoFar(), inspector.rowsSoFar());
  }

  private void requireStored(ByteDigest found) throws IOException {
    if (!found.equals(manifest.dump().stored())) {
      throw new IOException(
          "the copy was altered: " + found.bytes() + " bytes with SHA-256 " + found.sha256());
    }
  }

  /** Tells a failure to read from bytes that are wrong. */
  private final class Source extends FilterInputStream {
    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        sourceFault =
            e.getCause() instanceof StorageException told ? blame(told) : Fault.UNREACHABLE;
        throw e;
      }
    }
  }
}
