package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.cli.view.InPlacePlanView;
import com.conitrack.backup.cli.view.InPlaceView;
import com.conitrack.backup.cli.view.PlanView;
import com.conitrack.backup.cli.view.ProductionView;
import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.partial.InPlaceOrder;
import com.conitrack.backup.core.partial.InPlaceOutcome;
import com.conitrack.backup.core.partial.InPlacePlan;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Carries out a plan. */
@Command(
    name = "run",
    header = "Carry out a plan: safety backup, audit annex, replacement, proof.",
    description =
        "Refuses, before anything is touched, whatever is not in place: approvals, reason, "
            + "confirmations, proved copies, roles and extensions. Then stops the application (hooks.stop), "
            + "takes and proves a safety backup, saves the audit rows that would be erased, replaces the "
            + "database, and starts the application again. Every step is in the register. A plan for tables "
            + "is carried out in one transaction with the application running: what would change must still "
            + "be what the plan shows, otherwise the new plan is shown and nothing is touched. With --backup "
            + "the plan is made now, shown unless --yes is given, and carried out.",
    footer = {
      "  conitrack-backup restore run plan.json --target conitrack \\",
      "      --approval approval.json --confirm all",
      "  conitrack-backup restore run --backup backup_2026-01-06_03-00-00 \\",
      "      --target conitrack --reason 'a migration failed'",
    })
final class RestoreRunCommand extends Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "The file that 'restore plan -o' or 'restore-tables --in-place -o' wrote.")
  @Nullable Path planFile;

  @Option(
      names = "--backup",
      paramLabel = "ID",
      description = "Instead of a plan: the backup that the database is restored from.")
  @Nullable String backupName;

  @Mixin final Consent consent = new Consent();

  @Option(
      names = "--approval",
      paramLabel = "FILE",
      description = "A file that 'approve' wrote; may be given several times.")
  List<Path> approvals = new ArrayList<>();

  @Option(
      names = "--confirm",
      paramLabel = "WHAT",
      split = ",",
      description =
          "What you confirm: users-notified, estimate-communicated, support-available, "
              + "communication-prepared, or all.")
  List<String> confirmed = new ArrayList<>();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, if the plan does not say.")
  @Nullable String reason;

  @Override
  public Integer call() {
    consent.requireAsking(this);
    if (planFile != null && backupName == null) {
      return carryOut(planFile);
    }
    if (backupName != null && planFile == null) {
      return replace(backup().planRestore(new RestoreRequest(idOf(backupName), reason, null)));
    }
    throw new UsageException(
        "unable to tell what is to be restored",
        planFile == null
            ? "neither a plan nor --backup is given"
            : "both a plan and --backup are given",
        "give one of them");
  }

  private int carryOut(Path plan) {
    return InPlacePlan.isOne(Texts.read(this, plan))
        ? inPlace(Texts.read(this, plan, InPlacePlan::read))
        : replace(Texts.read(this, plan, RestorePlan::read));
  }

  private int replace(RestorePlan plan) {
    RestoreOrder order =
        new RestoreOrder(
            plan,
            consent.target,
            given(),
            confirmations(),
            reason,
            ShellHooks.of(session().config().hooks(), shell().directory()));
    if (!agreed(new PlanView(plan, null), "Replace database '" + consent.target + "'?")) {
      return ExitCode.OK;
    }
    session().expect(id -> plan.source().plainBytes());
    return show(backup().restore(order));
  }

  private int inPlace(InPlacePlan plan) {
    InPlaceOrder order = new InPlaceOrder(plan, consent.target, given(), confirmations(), reason);
    String question = "Change these tables of database '" + consent.target + "'?";
    if (!agreed(new InPlacePlanView(plan, null), question)) {
      return ExitCode.OK;
    }
    session().expect(id -> plan.source().plainBytes());
    return show(backup().tables().inPlace(order));
  }

  private List<Approval> given() {
    return approvals.stream().map(file -> Texts.read(this, file, Approval::read)).toList();
  }

  private boolean agreed(View plan, String question) {
    if (!consent.yes) {
      output().print(plan::print);
    }
    boolean agreed = consent.given(this, question);
    if (!agreed) {
      output().note("nothing was done");
    }
    return agreed;
  }

  private int show(InPlaceOutcome outcome) {
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    InPlaceView view = new InPlaceView(outcome);
    if (outcome instanceof InPlaceOutcome.Failed failed) {
      if (!output().isJson()) {
        output().print(view::print);
      }
      output().fail(view, failed.failure(), "the rows of the tables are " + failed.tables());
      return ExitCode.of(failed.failure());
    }
    output().show(view);
    return ExitCode.OK;
  }

  private int show(ProductionOutcome outcome) {
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    ProductionView view = new ProductionView(outcome);
    if (outcome instanceof ProductionOutcome.Failed failed) {
      output().fail(view, failed.failure(), "the database is " + failed.production());
      return ExitCode.of(failed.failure());
    }
    output().show(view);
    return outcome.remarks().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private Set<Confirmation> confirmations() {
    Set<Confirmation> given = EnumSet.noneOf(Confirmation.class);
    for (String word : confirmed) {
      if (word.equals("all")) {
        given.addAll(EnumSet.allOf(Confirmation.class));
      } else {
        given.add(confirmation(word));
      }
    }
    return given;
  }

  private static Confirmation confirmation(String word) {
    try {
      return Confirmation.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "unable to use --confirm '" + word + "'",
          "there is nothing of that name to confirm",
          "give users-notified, estimate-communicated, support-available,"
              + " communication-prepared, or all");
    }
  }
}
