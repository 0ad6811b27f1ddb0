package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.VerificationView;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.verify.Examination;
import com.conitrack.backup.core.verify.Examination.Finding;
import com.conitrack.backup.core.verify.VerificationReport;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies copies. */
@Command(
    name = "verify",
    header = "Read copies back and prove that they are what was stored.",
    description =
        "Examines every copy of one backup, or of all, and records the result. Level stored reads "
            + "the bytes and compares size and digest; level content also decodes the dump and compares "
            + "every table's rows with the fingerprint. Without ID the newest backup is verified.",
    footer = {
      "  conitrack-backup verify",
      "  conitrack-backup verify --all --level stored",
      "  conitrack-backup verify backup_2026-01-06_03-00-00 --level content"
    })
final class VerifyCommand extends Action {
  @Mixin final Which which = new Which();

  @Option(names = "--all", description = "All backups, newest first.")
  boolean all;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "content",
      description = "stored or content. Default: ${DEFAULT-VALUE}.")
  Level level = Level.CONTENT;

  @Override
  public Integer call() {
    if (all && which.isGiven()) {
      throw new UsageException(
          "unable to tell which backups are meant",
          "--all is given and one backup too",
          "give one of them");
    }
    VerificationReport report = all ? verifyAll() : verifyOne();
    session().clearProgress();
    output().show(new VerificationView(report, level.level));
    return exitCode(report);
  }

  private VerificationReport verifyAll() {
    if (session().drawsProgress()) {
      session().expect(plainBytes(backup().catalogue()));
    }
    return backup().verifyAll(level.level);
  }

  private VerificationReport verifyOne() {
    which.latest |= which.id == null;
    var entry = which.one(this, Which.Latest.ANY);
    BackupId id = entry.id();
    session().expect(any -> entry.manifest().dump().plain().bytes());
    return backup().verify(id, level.level);
  }

  /** A storage out of reach says nothing about the copies: that is the environment's matter. */
  private static int exitCode(VerificationReport report) {
    if (report.proved()) {
      return ExitCode.OK;
    }
    boolean onlyUnreachable =
        report.problems().isEmpty()
            && report.backups().stream()
                .flatMap(backup -> backup.copies().stream())
                .filter(copy -> !copy.proved())
                .map(Examination::finding)
                .allMatch(Finding.UNREACHABLE::equals)
            && report.backups().stream().noneMatch(backup -> backup.copies().isEmpty());
    return onlyUnreachable ? ExitCode.ENVIRONMENT : ExitCode.FINDINGS;
  }

  /** The levels that reading can prove. */
  enum Level {
    STORED(VerificationLevel.STORED),
    CONTENT(VerificationLevel.CONTENT);

    final VerificationLevel level;

    Level(VerificationLevel level) {
      this.level = level;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
