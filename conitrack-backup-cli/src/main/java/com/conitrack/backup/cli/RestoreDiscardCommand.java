package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.UndoView;
import com.conitrack.backup.core.production.UndoOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes what a restore left beside. */
@Command(
    name = "discard",
    header = "Delete the database that the newest restore left beside.",
    description =
        "After a restore that is the one from before, after a rollback the one that was restored. "
            + "From then on there is no way back but backups.",
    footer = "  conitrack-backup restore discard --target conitrack --yes")
final class RestoreDiscardCommand extends Action {
  @Mixin final Consent consent = new Consent();

  @Override
  public Integer call() {
    consent.requireAsking(this);
    String question = "Delete the database beside '" + consent.target + "' for good?";
    if (!consent.given(this, question)) {
      output().note("nothing was done");
      return ExitCode.OK;
    }
    UndoOutcome outcome =
        backup()
            .discardRestore(
                consent.target, ShellHooks.of(session().config().hooks(), shell().directory()));
    outcome.remarks().forEach(output()::note);
    output().show(new UndoView("restore discard", "deleted", outcome));
    return ExitCode.OK;
  }
}
