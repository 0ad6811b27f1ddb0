package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.RestoreStatusView;
import com.conitrack.backup.core.production.RestoreStatus;
import picocli.CommandLine.Command;

/** Tells how restores stand. */
@Command(
    name = "status",
    header = "Tell which database is in use, and clear up after a crash.",
    description =
        "Shows the record of every restore. One that was interrupted is finished or cleared up: "
            + "the register tells what it was about to do, and the names of the server's databases how far "
            + "it came. Then the application is started (hooks.start). Exit code 1 if something was settled.",
    footer = "  conitrack-backup restore status --json")
final class RestoreStatusCommand extends Action {
  @Override
  public Integer call() {
    RestoreStatus status =
        backup().restoreStatus(ShellHooks.of(session().config().hooks(), shell().directory()));
    output().show(new RestoreStatusView(status));
    return status.settled().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
