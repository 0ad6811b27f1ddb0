package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.view.KeptView;
import com.conitrack.backup.core.schedule.BackupScheduler;
import com.conitrack.backup.core.schedule.ScheduleEvent;
import picocli.CommandLine.Command;

/** Keeps the schedule until it is told to end. */
@Command(
    name = "run",
    header = "Keep the policy's schedule until ended, in the foreground.",
    description =
        "Takes each backup when it is due, catches up a run that was missed, and does the tasks "
            + "that the policy asks for (policy.schedule.tasks). Of several of these, on one host or "
            + "many, one takes each backup. Ctrl-C or SIGTERM ends it; a backup begun is given up, "
            + "and nothing of it is visible.",
    footer = "  conitrack-backup schedule run")
final class ScheduleRunCommand extends Action {
  private long taken;
  private long troubles;

  @Override
  public Integer call() {
    try (BackupScheduler scheduler = backup().scheduler().listener(this::tell).build()) {
      scheduler.run();
    }
    output().show(new KeptView(taken, troubles));
    return ExitCode.OK;
  }

  private void tell(ScheduleEvent event) {
    session().clearProgress();
    taken += event instanceof ScheduleEvent.Taken ? 1 : 0;
    troubles += event.isTrouble() ? 1 : 0;
    output().note(Measures.time(shell().clock().instant()) + " " + event.text());
  }
}
