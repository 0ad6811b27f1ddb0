package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.CheckView;
import com.conitrack.backup.core.check.CheckItem.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks that everything is in place. */
@Command(
    name = "check",
    header = "Look whether backups and restores have all they need.",
    description =
        "Looks at the configuration, the policy, the database, the client tools, every storage "
            + "(which is written to and read back), the register, the catalogue and the age of the newest "
            + "good backup. Leaves nothing behind. Exit code 1 if something failed.",
    footer = {
      "  conitrack-backup check",
      "  conitrack-backup check --strict --quiet   (monitoring)",
      "  conitrack-backup check storage r2         (proves one storage thoroughly)"
    },
    subcommands = CheckStorageCommand.class)
final class CheckCommand extends Action {
  @Option(names = "--strict", description = "Exit code 1 also for warnings.")
  boolean strict;

  @Override
  public Integer call() {
    var report = backup().check();
    output().show(new CheckView(report, session().config().file().toString()));
    Status tolerated = strict ? Status.OK : Status.WARNING;
    return report.status().compareTo(tolerated) > 0 ? ExitCode.FINDINGS : ExitCode.OK;
  }
}
