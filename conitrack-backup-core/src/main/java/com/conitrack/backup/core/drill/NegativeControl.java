package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.drill.DrillReport.ControlResult;
import com.conitrack.backup.core.drill.TamperedStorage.Tampering;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Events;
import com.conitrack.backup.core.setup.Setup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gives damaged and wrong dumps to the path that a drill takes: the same reading, proving and
 * loading, from the same storage, whose bytes are altered on the way. Each must be rejected and
 * leave no table behind. Nothing of it is recorded as a finding about the real copy.
 */
final class NegativeControl {
  /** More than this would not fit into the lock table of a server with default settings. */
  private static final int MOST_TABLES_IN_ONE_TRANSACTION = 500;

  /** The trailer's line is 41 bytes long, with little before and up to 100 bytes after it. */
  private static final long TRAILER_BYTES = 160;

  private final Setup setup;
  private final CatalogueEntry entry;
  private final BackupStorage source;
  private final Supplier<Scratch> scratches;
  private final LeftOut leftOut;

  /**
   * @param source where a sound copy lies
   * @param scratches makes empty scratch databases
   * @param leftOut what the drill does not load
   */
  NegativeControl(
      Setup setup,
      CatalogueEntry entry,
      BackupStorage source,
      Supplier<Scratch> scratches,
      LeftOut leftOut) {
    this.setup = setup;
    this.entry = entry;
    this.source = source;
    this.scratches = scratches;
    this.leftOut = leftOut;
  }

  List<ControlResult> run() {
    List<ControlResult> results = new ArrayList<>();
    try (Scratch first = scratches.get()) {
      byte[] other = otherDump(first);
      tamperings().forEach((given, how) -> results.add(control(given, how, stored())));
      recodings(other).forEach((given, how) -> results.add(control(given, how, recoded())));
    }
    return results;
  }

  private Map<String, Tampering> tamperings() {
    long stored = entry.manifest().dump().stored().bytes();
    Map<String, Tampering> all = new LinkedHashMap<>();
    all.put(
        "a copy cut in the middle of its stored bytes",
        (storage, key) -> Bytes.cut(storage.open(key), stored / 2));
    all.put(
        "a copy with one bit flipped",
        (storage, key) -> Bytes.flipped(storage.open(key), stored / 2));
    return all;
  }

  private Map<String, Tampering> recodings(byte[] other) {
    CodecChain chain = chain();
    CodecChain again = again();
    long plain = entry.manifest().dump().plain().bytes();
    Map<String, Tampering> all = new LinkedHashMap<>();
    all.put(
        "a dump cut inside the rows of a table",
        (storage, key) -> Recoded.of(storage.open(key), chain, again, Damage.CutInsideRows::new));
    all.put(
        "a dump cut before its trailer",
        (storage, key) ->
            Recoded.of(
                storage.open(key),
                chain,
                again,
                sink -> new Damage.CutAt(sink, Math.max(0, plain - TRAILER_BYTES))));
    all.put(
        "a dump with one bit of a row flipped",
        (storage, key) -> Recoded.of(storage.open(key), chain, again, Damage.FlipInsideRows::new));
    all.put("the dump of another database", (storage, key) -> new ByteArrayInputStream(other));
    return all;
  }

  private Manifest stored() {
    return entry.manifest();
  }

  private Manifest recoded() {
    return entry.manifest().withCodecs(again().ids());
  }

  private CodecChain chain() {
    return CodecChain.of(entry.manifest().dump().codecs(), setup.codecs());
  }

  /** An archive cannot be written again; what is in it is given as it is instead. */
  private CodecChain again() {
    CodecChain chain = chain();
    return chain.archive() ? new CodecChain(List.of()) : chain;
  }

  /** A whole and sound dump, but of a database that is not the one backed up. */
  private byte[] otherDump(Scratch empty) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream coded = again().encode(bytes)) {
      empty.database().dumper().dump(DumpRequest.WHOLE, coded);
    } catch (IOException e) {
      throw new BackupException(
          ErrorKind.IO,
          "unable to make a dump for the negative control",
          String.valueOf(e.getMessage()),
          null,
          e);
    }
    return bytes.toByteArray();
  }

  private ControlResult control(String given, Tampering tampering, Manifest manifest) {
    String key = entry.manifest().dump().key();
    Restorer restorer = new Restorer(altered(new TamperedStorage(source, key, tampering)), null);
    try (Scratch scratch = scratches.get()) {
      return control(given, restorer, scratch, manifest);
    }
  }

  private ControlResult control(
      String given, Restorer restorer, Scratch scratch, Manifest manifest) {
    RestoreOptions options = options();
    try {
      restorer.pour(onlyCopy(manifest), scratch.database().restorer(), options, new ArrayList<>());
      return new ControlResult(given, false, "it was ACCEPTED and loaded");
    } catch (BackupException e) {
      if (e.kind() != ErrorKind.DAMAGED) { // Such as a full disk, which says nothing of the dump.
        return new ControlResult(given, false, "it could not be tried: " + e.why());
      }
      boolean left = options.isWhole() && !scratch.database().inspector().userObjects().isEmpty();
      return left
          ? new ControlResult(given, false, "it was rejected, but left tables behind: " + e.why())
          : new ControlResult(given, true, "rejected: " + e.why());
    }
  }

  private RestoreOptions options() {
    boolean small = entry.manifest().contents().tables().size() <= MOST_TABLES_IN_ONE_TRANSACTION;
    RestoreOptions options =
        small
            ? RestoreOptions.whole(setup.policy().dumpTimeout())
            : RestoreOptions.inParts(setup.policy().dumpTimeout());
    return options.without(leftOut);
  }

  private CatalogueEntry onlyCopy(Manifest manifest) {
    CopyState sound =
        new CopyState(source.info().name(), true, VerificationLevel.STORED, null, null);
    return new CatalogueEntry(manifest, entry.manifestSha256(), List.of(sound), entry.hold());
  }

  private Setup altered(BackupStorage storage) {
    return new Setup(
        setup.database(),
        List.of(storage),
        setup.chain(),
        setup.codecs(),
        setup.policy(),
        setup.scope(),
        setup.clock(),
        setup.actor(),
        new Events(List.of()),
        setup.lockWait(),
        setup.stallLimit());
  }

  /** Alterations of stored bytes. */
  private static final class Bytes {
    private Bytes() {}

    static InputStream cut(InputStream stored, long at) {
      return new Head(stored, at);
    }

    static InputStream flipped(InputStream stored, long at) throws IOException {
      byte[] before = stored.readNBytes((int) Math.min(at, 4096));
      if (before.length == 0) {
        return stored;
      }
      before[before.length - 1] ^= 1;
      return new SequenceInputStream(new ByteArrayInputStream(before), stored);
    }
  }

  /** The first bytes of a stream. */
  private static final class Head extends InputStream {
    private final InputStream in;
    private long left;

    Head(InputStream in, long bytes) {
      this.in = in;
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = in.read(into, offset, (int) Math.min(left, length));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
