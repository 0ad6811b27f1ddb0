package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.UndoView;
import com.conitrack.backup.core.production.UndoOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes back. */
@Command(
    name = "rollback",
    header = "Put the database from before the newest restore back.",
    description =
        "Exchanges the names of the two databases once more, which takes seconds. What was written "
            + "since the restore stays in the other one, until it is discarded.",
    footer = "  conitrack-backup restore rollback --target conitrack --reason 'wrong backup'")
final class RestoreRollbackCommand extends Action {
  @Mixin final Consent consent = new Consent();

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason = "";

  @Override
  public Integer call() {
    consent.requireAsking(this);
    if (!consent.given(this, "Put database '" + consent.target + "' from before back?")) {
      output().note("nothing was done");
      return ExitCode.OK;
    }
    UndoOutcome outcome =
        backup()
            .rollbackRestore(
                consent.target,
                reason,
                ShellHooks.of(session().config().hooks(), shell().directory()));
    outcome.remarks().forEach(output()::note);
    String sentence = "database '" + consent.target + "' is the one from before the restore";
    output().show(new UndoView("restore rollback", sentence, outcome));
    return outcome.remarks().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
