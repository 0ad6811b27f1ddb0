package com.conitrack.backup.core.production;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.approval.ApprovalDecision;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;

/** Lets a restore begin only if everything it needs is in place. Changes nothing. */
final class RestoreGate {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  RestoreGate(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * What may begin.
   *
   * @param entry the backup as the catalogue has it
   * @param facts what the server says of the database now
   * @param approvals those to be used
   * @param leftOut what of the dump is not loaded
   */
  record Admitted(
      CatalogueEntry entry, DatabaseFacts facts, List<Approval> approvals, LeftOut leftOut) {}

  /**
   * Lets it pass, or not.
   *
   * @throws BackupException kind {@code RULE} with everything that is missing; {@code NOT_FOUND} if
   *     the backup is gone
   */
  Admitted admit(RestoreOrder order) {
    DatabaseFacts facts = setup.database().inspector().inspect();
    requireTarget(order, facts);
    CatalogueEntry entry = entry(order);
    requireSamePlan(order.plan(), entry, facts);
    List<String> problems = new ArrayList<>();
    LeftOut leftOut = Restorer.leaving(order.plan().without(), entry, setup.database());
    addObstacles(problems, entry, facts.name(), order.plan().strategy(), leftOut);
    Safeguards safeguards = new Safeguards(setup, register, catalogueReader);
    ApprovalDecision decision = safeguards.approvals(order.plan().subject(), order.approvals());
    problems.addAll(safeguards.problems(decision, order.why(), order.confirmations()));
    if (!problems.isEmpty()) {
      throw refused(order, String.join("; ", problems), "mend that, and give the order again");
    }
    return new Admitted(entry, facts, decision.accepted(), leftOut);
  }

  private static BackupException refused(RestoreOrder order, String why, String hint) {
    return new BackupException(
        ErrorKind.RULE,
        "unable to begin the restore of '"
            + order.plan().source().backup()
            + "' over database '"
            + order.plan().target().database()
            + "'",
        why,
        "nothing was touched; " + hint);
  }

  private static void requireTarget(RestoreOrder order, DatabaseFacts facts) {
    String planned = order.plan().target().database();
    if (!order.target().equals(planned)) {
      throw refused(
          order,
          "the order names '" + order.target() + "' as target, the plan is for '" + planned + "'",
          "name the database that is to be replaced");
    }
    if (!facts.name().equals(planned)) {
      throw refused(
          order,
          "the plan is for '"
              + planned
              + "', but the database configured is '"
              + facts.name()
              + "'",
          "use the configuration that the plan was made with");
    }
  }

  private CatalogueEntry entry(RestoreOrder order) {
    return catalogueReader
        .read()
        .find(order.plan().source().backup())
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorKind.NOT_FOUND,
                    "unable to find backup '" + order.plan().source().backup() + "'",
                    "the storages hold no manifest of that name any more",
                    "make a plan for another backup"));
  }

  private static void requireSamePlan(RestorePlan plan, CatalogueEntry entry, DatabaseFacts facts) {
    RestorePlan.Target target =
        new RestorePlan.Target(facts.name(), facts.server(), facts.systemIdentifier(), "", 0, 0, 0);
    Sha256 now =
        RestorePlan.digestOf(
            plan.kind(), RestorePlanner.source(entry), target, plan.strategy(), plan.without());
    if (!now.equals(plan.digest())) {
      String system = facts.systemIdentifier();
      throw new BackupException(
          ErrorKind.RULE,
          "unable to carry out the restore plan of " + plan.createdAt(),
          "it no longer fits: the backup's manifest or the server is another than it was made for"
              + " (now run "
              + entry.manifest().run()
              + ", server "
              + facts.server()
              + (system == null ? "" : ", system " + system)
              + ")",
          "nothing was touched; make a new plan, and have it approved");
    }
  }

  private void addObstacles(
      List<String> problems,
      CatalogueEntry entry,
      String database,
      RestoreStrategy strategy,
      LeftOut leftOut) {
    if (entry.provedCopies() == 0) {
      problems.add(RestorePlanner.unproved(entry));
    }
    if (!entry.manifest().scope().isWhole()) {
      problems.add("the backup holds only a part of its database: choose a whole one");
    }
    if (!entry.manifest().database().name().equals(database)) {
      problems.add("the backup is of another database: restore it beside with 'restore-to'");
    }
    problems.addAll(RestorePlanner.missing(setup, entry, database, strategy, leftOut));
    new LoadEvidence(strategy, entry, register.entries()).obstacle().ifPresent(problems::add);
  }
}
