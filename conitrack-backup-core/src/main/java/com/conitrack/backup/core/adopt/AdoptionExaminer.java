package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.CopyExaminer.Watch;
import com.conitrack.backup.core.verify.DigestingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads somebody else's dump from beginning to end and tells what it is and whether it can become a
 * backup: whole, of one database, fit to be replayed, and as the policy's content rules ask.
 */
public final class AdoptionExaminer {
  private final Setup setup;
  private final Watch watch;

  /**
   * @param watch is told of the progress
   */
  public AdoptionExaminer(Setup setup, Watch watch) {
    this.setup = setup;
    this.watch = watch;
  }

  /**
   * Examines it.
   *
   * @param lastGoodBefore the contents that a dump taken at an instant is compared with
   * @throws BackupException if it is no dump or cannot be read
   */
  public AdoptionPreview examine(
      AdoptionRequest request, Function<Instant, @Nullable Fingerprint> lastGoodBefore) {
    AdoptionSource source = request.source();
    CodecChain chain = new CodingDetector(setup.codecs()).detect(source);
    List<String> remarks = new ArrayList<>();
    Instant takenAt = takenAt(request, remarks);
    Reading reading = new Reading();
    try (InputStream file = source.open()) {
      DigestingInputStream bytes = new DigestingInputStream(file);
      try (InputStream plain = chain.decode(bytes)) {
        reading.readAll(plain, bytes);
        return preview(request, chain, reading, bytes, takenAt, lastGoodBefore, remarks);
      }
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private AdoptionPreview preview(
      AdoptionRequest request,
      CodecChain chain,
      Reading reading,
      DigestingInputStream bytes,
      Instant takenAt,
      Function<Instant, @Nullable Fingerprint> lastGoodBefore,
      List<String> remarks)
      throws IOException {
    DumpFindings findings = reading.inspector.finish();
    ByteDigest stored = bytes.ofEverything();
    List<RuleResult> rules =
        setup
            .policy()
            .content()
            .evaluate(findings.fingerprint(), stored, lastGoodBefore.apply(takenAt));
    List<String> obstacles =
        Fitness.obstacles(findings, reading.inspector.traits(), reading.unfit, rules);
    if (takenAt.isAfter(setup.clock().instant())) {
      obstacles.add("it was not taken yet: " + takenAt + " is to come; give the time it was taken");
    }
    remarks.addAll(Fitness.remarks(findings, reading.inspector.traits()));
    return new AdoptionPreview(
        request.source().name(),
        chain,
        stored,
        findings,
        reading.inspector.traits(),
        takenAt,
        rules,
        obstacles,
        remarks);
  }

  private Instant takenAt(AdoptionRequest request, List<String> remarks) {
    Instant given = request.takenAt();
    if (given != null) {
      return given;
    }
    Instant modified = request.source().modifiedAt();
    Instant now = setup.clock().instant();
    Instant concluded = modified.isAfter(now) ? now : modified;
    remarks.add(
        "the dump counts as taken at "
            + concluded
            + ", when its file was changed last; say when it was taken if that is not so");
    return concluded;
  }

  static BackupException unreadable(AdoptionSource source, IOException e) {
    return new BackupException(
        ErrorKind.DAMAGED,
        "unable to adopt '" + source.name() + "'",
        "it cannot be read to its end: " + e.getMessage(),
        "it may have been cut or altered on its way here: compare its size and digest with those"
            + " at its origin",
        e);
  }

  /** One pass over the plain bytes. */
  private final class Reading {
    private static final int BUFFER_BYTES = 256 * 1024;

    final DumpInspector inspector = new DumpInspector();
    private final ReplayTrial trial = new ReplayTrial();
    @Nullable String unfit;

    void readAll(InputStream plain, DigestingInputStream bytes) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      long total = 0;
      for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
        inspector.accept(buffer, 0, read);
        trial.accept(buffer, read);
        total += read;
        watch.progressed(bytes.bytesSoFar(), total, inspector.tablesSoFar(), inspector.rowsSoFar());
      }
      unfit = trial.finish();
    }
  }
}
