package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.ToolFacts;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a dump: tool, inspection, coding, and all storages at once.
 *
 * <pre>
 * DatabaseDumper -> DumpStream (inspection) -> CodecChain -> FanOut (digest) -> CopyWriter per storage
 * </pre>
 *
 * Memory is bounded by the coding's blocks and the chunks of {@link Uploads}. Nothing is visible in
 * any storage when it returns; closing drops what was not committed.
 */
final class DumpPass implements AutoCloseable {
  private final Setup setup;
  private final BackupId id;
  private final String key;
  private final Uploads uploads;

  /**
   * @param begun when the run began
   */
  DumpPass(Setup setup, BackupId id, DatabaseFacts database, Instant begun) {
    this.setup = setup;
    this.id = id;
    this.key = FreeName.key(setup.chain(), id);
    this.uploads = new Uploads(setup, id, key, database, begun);
  }

  /**
   * Lets the dump pass.
   *
   * @param lastGood contents of the backup to compare with, null if there is none
   * @throws BackupException if the dump failed, is not whole, breaks a rule, or no storage took it
   */
  PassedDump run(@Nullable Fingerprint lastGood) {
    DumpInspector inspector = new DumpInspector();
    try {
      FanOut end = uploads.start();
      DumpReport report = stream(inspector, end);
      DumpFindings findings = inspector.finish();
      requireWhole(findings);
      StoredDump dump = new StoredDump(key, setup.chain().ids(), findings.plain(), end.stored());
      List<RuleResult> rules =
          setup.policy().content().evaluate(findings.fingerprint(), dump.stored(), lastGood);
      requireRules(rules);
      ToolFacts tool =
          new ToolFacts(report.tool(), report.version(), report.options(), report.remarks());
      return new PassedDump(dump, findings, tool, rules, uploads.writers());
    } catch (IOException e) {
      throw new BackupException(
          ErrorKind.IO,
          "unable to store backup '" + id + "'",
          String.valueOf(e.getMessage()),
          null,
          e);
    }
  }

  private DumpReport stream(DumpInspector inspector, FanOut end) throws IOException {
    ProgressMeter meter = new ProgressMeter(setup.events(), setup.clock(), id, Phase.DUMPING);
    OutputStream coding = setup.chain().encode(end);
    try {
      DumpStream head = new DumpStream(inspector, coding, end, meter);
      DumpReport report =
          setup
              .database()
              .dumper()
              .dump(new DumpRequest(setup.scope(), setup.policy().dumpTimeout()), head);
      head.close();
      return report;
    } catch (IOException | RuntimeException e) {
      end.abort();
      closeAfter(e, coding);
      throw firstStorageFailure(e);
    }
  }

  /** When the pass broke because every storage failed, that is the reason, not the broken pass. */
  private BackupException firstStorageFailure(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BackupException known) {
        return known;
      }
    }
    return new BackupException(
        ErrorKind.IO,
        "unable to store backup '" + id + "'",
        String.valueOf(failure),
        null,
        failure);
  }

  private static void closeAfter(Exception failure, OutputStream coding) {
    try {
      coding.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void requireWhole(DumpFindings findings) {
    if (!findings.whole()) {
      throw new BackupException(
          ErrorKind.DAMAGED,
          "unable to accept the dump for backup '" + id + "'",
          String.join("; ", findings.defects()),
          "the tool ended without an error; report this with its version");
    }
  }

  private void requireRules(List<RuleResult> rules) {
    String broken =
        rules.stream()
            .filter(rule -> !rule.met())
            .map(rule -> rule.rule() + ": " + rule.detail())
            .collect(Collectors.joining("; "));
    if (!broken.isEmpty()) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to accept the dump for backup '" + id + "'",
          "it breaks the policy's rules: " + broken,
          "check the database; if it is as it should be, change the policy's rules for content");
    }
  }

  @Override
  public void close() {
    uploads.close();
  }
}
