package com.conitrack.backup.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Keeps the policy's schedule, and tells how it was kept. */
@Command(
    name = "schedule",
    header = "Keep the policy's schedule without cron, and tell how it was kept.",
    description =
        "A run is one backup that the schedule asks for. It is DONE, LATE (done after its grace), "
            + "FAILED, MISSED, or still DUE.",
    footer = {
      "  conitrack-backup schedule list",
      "  conitrack-backup schedule run   (as a service, on one host or several)"
    },
    subcommands = {ScheduleListCommand.class, ScheduleRunCommand.class})
final class ScheduleCommand extends Action {
  @Override
  public Integer call() {
    throw new ParameterException(spec().commandLine(), "list or run is wanted");
  }
}
