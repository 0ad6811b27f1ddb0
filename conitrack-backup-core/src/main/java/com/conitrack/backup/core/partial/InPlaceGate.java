package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.approval.ApprovalDecision;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.production.Safeguards;
import java.util.ArrayList;
import java.util.List;

/** Lets a restore of tables begin only if everything it needs is in place. Changes nothing. */
final class InPlaceGate {
  private InPlaceGate() {}

  /**
   * The approvals to be used.
   *
   * @throws BackupException kind {@code RULE} with everything that is missing
   */
  static List<Approval> admit(
      InPlaceOrder order, CatalogueEntry entry, DatabaseFacts facts, Safeguards safeguards) {
    InPlacePlan plan = order.plan();
    List<String> problems = new ArrayList<>();
    if (!order.target().equals(plan.database())) {
      problems.add(
          "the order names '%s' as target, the plan is for '%s'"
              .formatted(order.target(), plan.database()));
    }
    if (!facts.name().equals(plan.database()) || otherServer(plan, facts)) {
      problems.add(
          "the plan is for database '%s' on %s, but the one configured is '%s' on %s"
              .formatted(plan.database(), plan.server(), facts.name(), facts.server()));
    }
    if (!entry.manifestSha256().equals(plan.source().manifestSha256())) {
      problems.add("the backup's manifest is another than the plan was made from");
    }
    if (entry.provedCopies() == 0) {
      problems.add("no copy of the backup is proved: verify it first");
    }
    problems.addAll(plan.obstacles());
    ApprovalDecision decision = safeguards.approvals(plan.subject(), order.approvals());
    problems.addAll(safeguards.problems(decision, order.why(), order.confirmations()));
    if (!problems.isEmpty()) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to begin the restore of tables of '"
              + plan.source().backup()
              + "' in database '"
              + plan.database()
              + "'",
          String.join("; ", problems),
          "nothing was touched; mend that, and give the order again");
    }
    return decision.accepted();
  }

  private static boolean otherServer(InPlacePlan plan, DatabaseFacts facts) {
    String then = plan.systemIdentifier();
    String now = facts.systemIdentifier();
    return then != null && now != null ? !then.equals(now) : !plan.server().equals(facts.server());
  }
}
