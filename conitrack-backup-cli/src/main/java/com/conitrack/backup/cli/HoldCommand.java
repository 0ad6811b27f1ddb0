package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.DoneView;
import com.conitrack.backup.core.model.BackupId;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a backup. */
@Command(
    name = "hold",
    header = "Keep a backup whatever retention says.",
    description = "Recorded in the register with its reason; ends with 'release'.",
    footer = "  conitrack-backup hold backup_2026-01-06_03-00-00 --reason 'audit 12/2026'")
final class HoldCommand extends Action {
  @Parameters(paramLabel = "ID", description = "The backup's name, as 'list' shows it.")
  String id = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason = "";

  @Override
  public Integer call() {
    BackupId backup = idOf(id);
    backup().hold(backup, reason);
    output()
        .show(
            new DoneView(
                "hold",
                "held " + backup + ": " + reason,
                Map.of("backup", backup.value(), "reason", reason)));
    return ExitCode.OK;
  }
}
