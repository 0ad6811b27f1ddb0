package com.conitrack.backup.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Restores over the database in use. */
@Command(
    name = "restore",
    header = "Replace the database by a backup: plan, approve, run, go back.",
    description =
        "The dangerous one. First a plan tells what is replaced, by what, and what will be lost. "
            + "Then it is approved, if the policy asks for it, with 'approve'. Then it is run: a safety "
            + "backup is taken and proved before anything is touched. To restore into an empty "
            + "database beside, use 'restore-to'.",
    footer = {
      "  conitrack-backup restore plan --latest --reason 'lost lots' -o plan.json",
      "  conitrack-backup restore run plan.json --target conitrack --approval ok.json",
      "  conitrack-backup restore status",
      "  conitrack-backup restore rollback --target conitrack --reason 'wrong one'",
      "  conitrack-backup restore discard --target conitrack"
    },
    subcommands = {
      RestorePlanCommand.class,
      RestoreRunCommand.class,
      RestoreStatusCommand.class,
      RestoreRollbackCommand.class,
      RestoreDiscardCommand.class,
      RestoreNoticeCommand.class
    })
final class RestoreCommand extends Action {
  @Override
  public Integer call() {
    throw new ParameterException(
        spec().commandLine(), "plan, run, status, rollback, discard or notice is wanted");
  }
}
