package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.StatusView;
import com.conitrack.backup.core.status.Health;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how the backups stand. */
@Command(
    name = "status",
    header = "Tell how the backups stand, for people and for monitoring.",
    description =
        "Judges the newest good backup against the RPO, copies, drills against the RTO, restores, "
            + "the register and what went wrong last, each with what to do. Only reads; the database is "
            + "asked for no more than its name and need not be up. Exit code 1 if what the policy asks for does not hold.",
    footer = {
      "  conitrack-backup status",
      "  conitrack-backup status --strict --quiet   (monitoring)",
      "  conitrack-backup status --json | jq '.newest.ageSeconds'"
    })
final class StatusCommand extends Action {
  @Option(names = "--strict", description = "Exit code 1 also for warnings.")
  boolean strict;

  @Override
  public Integer call() {
    var status = backup().status();
    output().show(new StatusView(status));
    Health tolerated = strict ? Health.OK : Health.WARNING;
    return status.health().compareTo(tolerated) > 0 ? ExitCode.FINDINGS : ExitCode.OK;
  }
}
