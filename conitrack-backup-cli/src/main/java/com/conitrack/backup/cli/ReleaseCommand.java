package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.DoneView;
import com.conitrack.backup.core.model.BackupId;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases a held backup. */
@Command(
    name = "release",
    header = "Let retention decide on a held backup again.",
    description = "Recorded in the register with its reason.",
    footer = "  conitrack-backup release backup_2026-01-06_03-00-00 --reason 'audit closed'")
final class ReleaseCommand extends Action {
  @Parameters(paramLabel = "ID", description = "The backup's name, as 'list' shows it.")
  String id = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason = "";

  @Override
  public Integer call() {
    BackupId backup = idOf(id);
    backup().release(backup, reason);
    output()
        .show(
            new DoneView(
                "release",
                "released " + backup + ": " + reason,
                Map.of("backup", backup.value(), "reason", reason)));
    return ExitCode.OK;
  }
}
