package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.view.PruneView;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.retention.RetentionPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes what retention no longer keeps. */
@Command(
    name = "prune",
    header = "Delete the backups that no retention rule keeps.",
    description =
        "Shows the plan, with the reason for every backup, then asks, then does exactly that. The "
            + "newest good backup, the newest that passed a drill, held ones, and everything while the "
            + "catalogue cannot be read whole are never deleted. Without a terminal --yes is needed.",
    footer = {
      "  conitrack-backup prune --dry-run",
      "  conitrack-backup prune",
      "  conitrack-backup prune --yes --json   (from cron)"
    })
final class PruneCommand extends Action {
  @Option(
      names = {"-n", "--dry-run"},
      description = "Show the plan and delete nothing.")
  boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  @Override
  public Integer call() {
    boolean asks = !yes && !dryRun;
    if (asks && (output().isJson() || !shell().terminals().in())) {
      throw new UsageException(
          "unable to ask whether to delete",
          output().isJson() ? "the output is for a program" : "standard input is no terminal",
          "add --yes to delete without being asked, or --dry-run to see the plan");
    }
    RetentionPlan plan = backup().planRetention();
    boolean nothingToDo = plan.deletions().isEmpty();
    if (dryRun || nothingToDo) {
      output().show(new PruneView(plan, null));
      return plan.blocked() == null ? ExitCode.OK : ExitCode.FINDINGS;
    }
    return asks ? askAndExecute(plan) : execute(plan);
  }

  private int execute(RetentionPlan plan) {
    PruneOutcome outcome = backup().prune(plan);
    output().show(new PruneView(plan, outcome));
    return finish(outcome);
  }

  private int askAndExecute(RetentionPlan plan) {
    output().print(page -> new PruneView(plan, null).printPlan(page));
    if (!isConfirmed(plan)) {
      output().note("nothing was deleted");
      return ExitCode.OK;
    }
    PruneOutcome outcome = backup().prune(plan);
    output().print(page -> PruneView.printOutcome(page, outcome));
    return finish(outcome);
  }

  private int finish(PruneOutcome outcome) {
    outcome.remarks().forEach(output()::note);
    return outcome.refused().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private boolean isConfirmed(RetentionPlan plan) {
    shell()
        .err()
        .print(
            "Delete "
                + Measures.count(plan.deletions().size(), "backup")
                + "? Type yes to do it: ");
    shell().err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(shell().in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().equalsIgnoreCase("yes");
    } catch (IOException e) {
      return false;
    }
  }
}
