package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.view.BackupView;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupOutcome.Complete;
import com.conitrack.backup.core.backup.BackupOutcome.Failed;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Takes a backup. */
@Command(
    name = "backup",
    header = "Take a backup of the database and prove its copies.",
    description =
        "Dumps the database into all storages at once, reads every copy back and records the "
            + "result. Nothing is visible in any storage unless the dump was whole and met the "
            + "policy's rules. With fewer copies than storages the backup is degraded (exit code 1).",
    footer = {
      "  conitrack-backup backup",
      "  conitrack-backup backup --trigger pre-change --reason 'release 4.2'",
      "  conitrack-backup backup --trigger scheduled --quiet --json   (from cron)"
    })
final class BackupCommand extends Action {
  @Option(
      names = "--trigger",
      paramLabel = "WHY",
      defaultValue = "manual",
      converter = Triggers.class,
      completionCandidates = Triggers.class,
      description =
          "Why: ${COMPLETION-CANDIDATES}. Retention is stated per trigger."
              + " Default: ${DEFAULT-VALUE}.")
  Trigger trigger = Trigger.MANUAL;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "The reason in words, for manifest and register.")
  @Nullable String reason;

  @Override
  public Integer call() {
    var catalogue = session().drawsProgress() ? backup().catalogue() : null;
    if (catalogue != null) {
      long last =
          catalogue
              .newestGood(databaseName())
              .map(entry -> entry.manifest().dump().plain().bytes())
              .orElse(0L);
      session().expect(id -> last);
    }
    BackupOutcome outcome = backup().backup(new BackupRequest(trigger, reason));
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    if (outcome instanceof Failed failed) {
      output()
          .fail(
              new BackupView(outcome),
              failed.failure(),
              "nothing was kept: no storage shows any of this backup");
      return ExitCode.of(failed.failure());
    }
    output().show(new BackupView(outcome));
    return outcome instanceof Complete ? ExitCode.OK : ExitCode.FINDINGS;
  }

  /** The triggers a person or a program may name. */
  static final class Triggers extends ArrayList<String> implements ITypeConverter<Trigger> {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Trigger> ALLOWED =
        Map.of(
            Measures.word(Trigger.MANUAL), Trigger.MANUAL,
            Measures.word(Trigger.PRE_CHANGE), Trigger.PRE_CHANGE,
            Measures.word(Trigger.SCHEDULED), Trigger.SCHEDULED);

    Triggers() {
      super(List.of("manual", "pre-change", "scheduled"));
    }

    @Override
    public Trigger convert(String value) {
      Trigger trigger = ALLOWED.get(value);
      if (trigger == null) {
        throw new TypeConversionException(
            "'" + value + "' is no trigger; choose one of: " + String.join(", ", this));
      }
      return trigger;
    }
  }
}
