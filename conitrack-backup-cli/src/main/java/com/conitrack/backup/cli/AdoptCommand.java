package com.conitrack.backup.cli;

import com.conitrack.backup.archive.PackedDirectory;
import com.conitrack.backup.cli.view.AdoptionView;
import com.conitrack.backup.cli.view.BackupView;
import com.conitrack.backup.core.adopt.AdoptionPreview;
import com.conitrack.backup.core.adopt.AdoptionRequest;
import com.conitrack.backup.core.adopt.AdoptionSource;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupOutcome.Complete;
import com.conitrack.backup.core.backup.BackupOutcome.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes somebody else's dump into the catalogue. */
@Command(
    name = "adopt",
    header = "Make a backup of a dump that another tool has made.",
    description =
        "Reads the file from beginning to end, whatever it is called, and stores its bytes unchanged in "
            + "all storages if it is one whole dump of one database that a restore can take and that meets "
            + "the policy's rules. From then on it is a backup of the configured database: it is verified, "
            + "drilled, restored, replicated and kept like any other. Read are plain dumps and "
            + "pg_dump's custom, tar and directory formats, as they are or in gzip, zstd, zip or tar.",
    footer = {
      "  conitrack-backup adopt --dry-run downloads/latest.dump",
      "  conitrack-backup adopt --taken-at 2026-01-06T03:00:00Z \\",
      "      --reason 'from the old server' backup_2026-01-06.sql.gz"
    })
final class AdoptCommand extends Action {
  @Parameters(
      paramLabel = "FILE",
      description = "The dump: a file, or a directory that pg_dump has made.")
  Path file = Path.of("");

  @Option(
      names = "--taken-at",
      paramLabel = "INSTANT",
      description =
          "When it was taken, such as 2026-01-06T03:00:00Z; backups are ordered by it."
              + " Default: when the file was changed last.")
  @Nullable Instant takenAt;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "The reason in words, for manifest and register.")
  @Nullable String reason;

  @Option(
      names = "--dry-run",
      description = "Only read it and tell what it is; store and record nothing.")
  boolean dryRun;

  @Override
  public Integer call() {
    Path given = shell().directory().resolve(file);
    AdoptionSource source =
        Files.isDirectory(given) ? PackedDirectory.of(given) : AdoptionSource.file(given);
    AdoptionRequest request = new AdoptionRequest(source, takenAt, reason);
    return dryRun ? preview(request) : adopt(request);
  }

  private int preview(AdoptionRequest request) {
    AdoptionPreview preview = backup().planAdoption(request);
    session().clearProgress();
    preview.remarks().forEach(output()::note);
    output().show(new AdoptionView(preview));
    return preview.adoptable() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private int adopt(AdoptionRequest request) {
    BackupOutcome outcome = backup().adopt(request);
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    BackupView view = new BackupView(outcome, "adopt");
    if (outcome instanceof Failed failed) {
      output().fail(view, failed.failure(), "nothing was kept: no storage shows any of it");
      return ExitCode.of(failed.failure());
    }
    output().show(view);
    return outcome instanceof Complete ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
