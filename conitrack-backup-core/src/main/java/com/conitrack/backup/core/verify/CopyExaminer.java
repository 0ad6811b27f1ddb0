package com.conitrack.backup.core.verify;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.core.setup.ResumingStorage;
import com.conitrack.backup.core.verify.Examination.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Examines one copy at a time against what its manifest says. Safe for use by many threads. */
public final class CopyExaminer {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final List<StreamCodec> codecs;

  /**
   * @param codecs the codecs at hand for decoding
   */
  public CopyExaminer(Collection<StreamCodec> codecs) {
    this.codecs = List.copyOf(codecs);
  }

  /**
   * Reads a copy from beginning to end.
   *
   * @param level STORED to compare the stored bytes only, CONTENT to decode and inspect them too
   * @param watch is told of the progress
   * @throws BackupException kind {@code CONFIGURATION} if a codec is not at hand; what a tool that
   *     decodes failed by, of a copy whose stored bytes are those recorded
   */
  public Examination examine(
      BackupStorage storage,
      StoredDump dump,
      Fingerprint contents,
      VerificationLevel level,
      Watch watch) {
    Examiner reading = new Examiner(dump, contents, level, watch);
    return reading.examine(storage, CodecChain.of(dump.codecs(), codecs));
  }

  /** One examination's state. */
  private static final class Examiner {
    private final StoredDump dump;
    private final Fingerprint contents;
    private final VerificationLevel level;
    private final Watch watch;
    private int resumed;

    /** A tool that is missing or was ended, or seems to be: damaged bytes may name any version. */
    private @Nullable BackupException undecoded;

    Examiner(StoredDump dump, Fingerprint contents, VerificationLevel level, Watch watch) {
      this.dump = dump;
      this.contents = contents;
      this.level = level;
      this.watch = watch;
    }

    Examination examine(BackupStorage storage, CodecChain chain) {
      String name = storage.info().name();
      BackupStorage counted = ResumingStorage.telling(storage, resumption -> resumed++);
      try (InputStream object = counted.open(dump.key())) {
        DigestingInputStream source = new DigestingInputStream(object);
        String contentProblem =
            level.atLeast(VerificationLevel.CONTENT) ? contentProblem(chain, source) : "";
        ByteDigest stored = readToEnd(source, watch);
        String problem = storedProblem(dump.stored(), stored);
        if (problem.isEmpty() && undecoded != null) {
          throw undecoded;
        }
        if (problem.isEmpty()) {
          problem = contentProblem;
        }
        return problem.isEmpty()
            ? new Examination(name, Finding.PROVED, level, stored, null, resumed)
            : unproved(name, Finding.DAMAGED, stored, problem);
      } catch (StorageException e) {
        return unproved(name, finding(e), null, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        return unproved(
            name,
            e.getCause() instanceof StorageException told ? finding(told) : Finding.UNREACHABLE,
            null,
            "unable to read '" + dump.key() + "' from storage '" + name + "': " + e.getMessage());
      }
    }

    /** What a tool failed by is kept until the stored bytes tell whether it is to blame. */
    private String contentProblem(CodecChain chain, DigestingInputStream source) {
      try {
        return CopyExaminer.contentProblem(chain, source, dump, contents, watch);
      } catch (StorageException e) {
        throw e;
      } catch (BackupException e) {
        if (e.kind() == ErrorKind.CANCELLED) {
          throw e;
        }
        undecoded = e;
        return "";
      }
    }

    private Examination unproved(
        String storage, Finding finding, @Nullable ByteDigest stored, String detail) {
      return new Examination(storage, finding, VerificationLevel.NONE, stored, detail, resumed);
    }
  }

  /** What a failure to read says about the copy: most say nothing. */
  private static Finding finding(StorageException e) {
    return switch (e.kind()) {
      case NOT_FOUND -> Finding.MISSING;
      case DAMAGED -> Finding.DAMAGED;
      default -> Finding.UNREACHABLE;
    };
  }

  private static ByteDigest readToEnd(DigestingInputStream source, Watch watch) throws IOException {
    ByteDigest stored = source.ofEverything();
    watch.progressed(stored.bytes(), 0, 0, 0);
    return stored;
  }

  private static String storedProblem(ByteDigest recorded, ByteDigest found) {
    if (found.bytes() < recorded.bytes()) {
      return "cut short: " + found.bytes() + " bytes of " + recorded.bytes();
    }
    if (found.bytes() > recorded.bytes()) {
      return "too long: " + found.bytes() + " bytes instead of " + recorded.bytes();
    }
    return found.equals(recorded)
        ? ""
        : "altered: SHA-256 is " + found.sha256() + ", recorded was " + recorded.sha256();
  }

  private static String contentProblem(
      CodecChain chain,
      DigestingInputStream source,
      StoredDump dump,
      Fingerprint contents,
      Watch watch) {
    DumpInspector inspector = new DumpInspector();
    try {
      // Not closed here: closing would close the source, whose rest is still to be read.
      InputStream plain = chain.decode(new UnclosableInputStream(source));
      try (plain) {
        pump(plain, inspector, source, watch);
      }
    } catch (IOException e) {
      return "cannot be decoded: " + e.getMessage();
    }
    return contentProblem(chain, dump, contents, inspector.finish());
  }

  private static void pump(
      InputStream plain, DumpInspector inspector, DigestingInputStream source, Watch watch)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
      inspector.accept(buffer, 0, read);
      bytes += read;
      watch.progressed(source.bytesSoFar(), bytes, inspector.tablesSoFar(), inspector.rowsSoFar());
    }
  }

  /**
   * What is wrong with a dump that was decoded again, in words; empty if it is as recorded.
   *
   * @param chain how it was decoded: of an archive the contents are compared, not every byte
   */
  public static String contentProblem(
      CodecChain chain, StoredDump dump, Fingerprint contents, DumpFindings found) {
    ByteDigest expected = chain.archive() ? found.plain() : dump.plain();
    return contentProblem(expected, contents, found);
  }

  private static String contentProblem(ByteDigest plain, Fingerprint contents, DumpFindings found) {
    if (!found.whole()) {
      return "the dump is not whole: " + String.join("; ", found.defects());
    }
    if (!found.plain().equals(plain)) {
      return "the dump differs: "
          + found.plain().bytes()
          + " bytes with SHA-256 "
          + found.plain().sha256()
          + ", recorded were "
          + plain.bytes()
          + " with "
          + plain.sha256();
    }
    List<String> differences = contents.differencesTo(found.fingerprint());
    return differences.isEmpty() ? "" : "its contents differ: " + String.join("; ", differences);
  }

  /** Is told how far an examination has come. Called often, on the examining thread. */
  @FunctionalInterface
  public interface Watch {
    /** Nobody watches. */
    Watch NOBODY = (stored, plain, tables, rows) -> {};

    /** So much has been read so far. */
    void progressed(long storedBytes, long plainBytes, long tables, long rows);
  }
}
