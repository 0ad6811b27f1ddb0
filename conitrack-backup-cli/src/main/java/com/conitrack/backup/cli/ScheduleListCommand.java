package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.RunsView;
import com.conitrack.backup.core.schedule.Run;
import com.conitrack.backup.core.schedule.RunCalendar;
import com.conitrack.backup.core.schedule.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how the schedule was kept, and what comes next. */
@Command(
    name = "list",
    header = "Tell how the schedule was kept, and what comes next.",
    description =
        "Lists the runs of the last days with the backup that was taken for each, and the next "
            + "ones. Only reads storages; the database need not be up. Exit code 1 if the last run "
            + "failed or was missed.",
    footer = {
      "  conitrack-backup schedule list --days 30",
      "  conitrack-backup schedule list --json | jq '.runs[] | select(.state == \"MISSED\")'"
    })
final class ScheduleListCommand extends Action {
  private static final int MOST_DAYS = 3_660;
  private static final int MOST_NEXT = 1_000;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "14",
      description = "How far back. Default: ${DEFAULT-VALUE}.")
  int days;

  @Option(
      names = "--next",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many of the coming runs. Default: ${DEFAULT-VALUE}.")
  int next;

  @Override
  public Integer call() {
    if (days < 0 || days > MOST_DAYS || next < 0 || next > MOST_NEXT) {
      throw new UsageException(
          "unable to list that many runs",
          "--days is 0 to " + MOST_DAYS + ", --next 0 to " + MOST_NEXT,
          "give smaller numbers");
    }
    RunCalendar calendar =
        backup()
            .runs(databaseName())
            .orElseThrow(
                () ->
                    new UsageException(
                        "unable to list runs",
                        "the policy has no schedule",
                        "set policy.schedule in the configuration"));
    Instant now = shell().clock().instant();
    List<Run> runs =
        new ArrayList<>(calendar.between(now.minus(Duration.ofDays(days)), now.plusNanos(1), now));
    boolean last = runs.isEmpty() || isWell(runs.get(runs.size() - 1));
    addNext(calendar, now, runs);
    output().show(new RunsView(runs, calendar.schedule(), now));
    return last ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private void addNext(RunCalendar calendar, Instant now, List<Run> runs) {
    Instant due = now;
    for (int i = 0; i < next; i++) {
      due = calendar.next(due);
      runs.add(calendar.at(due, now));
    }
  }

  private static boolean isWell(Run run) {
    return run.state() != RunState.FAILED && run.state() != RunState.MISSED;
  }
}
