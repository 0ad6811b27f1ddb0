package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.PlanView;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Plans a restore. */
@Command(
    name = "plan",
    header = "Tell what a restore would do and what would be lost. Changes nothing.",
    description =
        "Compares the backup with the database row by row, chooses how to replace it, estimates "
            + "the time from past drills and restores, and looks for everything that stands in the way "
            + "(exit code 1). Whether a second database can be made is found out by making an empty "
            + "one and dropping it at once.",
    footer = {
      "  conitrack-backup restore plan --latest --reason 'lost lots' -o plan.json",
      "  conitrack-backup restore plan backup_2026-01-06_03-00-00 --strategy swap"
    })
final class RestorePlanCommand extends Action {
  @Mixin final Which which = new Which();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why the restore is needed.")
  @Nullable String reason;

  @Option(
      names = "--strategy",
      paramLabel = "HOW",
      converter = Strategies.class,
      completionCandidates = Strategies.class,
      description =
          "How: ${COMPLETION-CANDIDATES}. Otherwise the safest that the server allows, never "
              + "recreate.")
  @Nullable RestoreStrategy strategy;

  @Mixin final LeaveOutOption leaveOut = new LeaveOutOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the plan into a new file, for 'approve' and 'restore run'.")
  @Nullable Path file;

  @Override
  public Integer call() {
    var entry = which.one(this, Which.Latest.GOOD);
    RestorePlan plan =
        backup().planRestore(new RestoreRequest(entry.id(), reason, strategy, leaveOut.read()));
    session().clearProgress();
    if (file != null) {
      Texts.create(this, file, plan.toJson());
    }
    output().show(new PlanView(plan, file == null ? null : file.toString()));
    return plan.obstacles().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  /** The strategies as the command line spells them. */
  static final class Strategies extends ArrayList<String>
      implements ITypeConverter<RestoreStrategy> {
    private static final long serialVersionUID = 1L;

    Strategies() {
      super(List.of("swap", "in-one-transaction", "recreate"));
    }

    @Override
    public RestoreStrategy convert(String value) {
      if (!contains(value)) {
        throw new TypeConversionException(
            "'" + value + "' is no strategy; choose one of: " + String.join(", ", this));
      }
      return RestoreStrategy.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
