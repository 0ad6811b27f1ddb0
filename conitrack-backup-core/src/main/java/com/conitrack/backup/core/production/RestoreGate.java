package com.conitrack.backup.core.production;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.approval.ApprovalCheck;
import com.conitrack.backup.core.approval.ApprovalDecision;
import com.conitrack.backup.core.approval.ApprovalRequest;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** What may begin: the backup as the catalogue has it, and the approvals to be used. */
  record Admitted(CatalogueEntry entry, DatabaseFacts facts, List<Approval> approvals) {}

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
    addObstacles(problems, entry);
    ApprovalDecision decision = approvals(order);
    addApprovals(problems, decision);
    addReason(problems, order);
    addConfirmations(problems, order);
    if (!problems.isEmpty()) {
      throw refused(order, String.join("; ", problems), "mend that, and give the order again");
    }
    return new Admitted(entry, facts, decision.accepted());
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
        RestorePlan.digestOf(plan.kind(), RestorePlanner.source(entry), target, plan.strategy());
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

  private void addObstacles(List<String> problems, CatalogueEntry entry) {
    if (entry.provedCopies() == 0) {
      problems.add("no copy of the backup is proved: verify it first");
    }
    if (!entry.manifest().scope().isWhole()) {
      problems.add("the backup holds only a part of its database: choose a whole one");
    }
    if (!entry.manifest().database().name().equals(setup.database().inspector().inspect().name())) {
      problems.add("the backup is of another database: restore it beside with 'restore-to'");
    }
    problems.addAll(setup.database().inspector().missing(entry.manifest().requirements()));
  }

  private ApprovalDecision approvals(RestoreOrder order) {
    Set<String> usedIds = new HashSet<>();
    Set<Sha256> usedDigests = new HashSet<>();
    for (RegisterEntry entry : register.entries()) {
      if (entry.event() == RegisterEvent.APPROVAL && entry.outcome().equals("USED")) {
        usedIds.add(entry.details().getOrDefault(RegisterDetails.APPROVAL, ""));
        addDigest(usedDigests, entry.details().get(RegisterDetails.APPROVAL_SHA256));
      }
    }
    Set<String> executors =
        Set.copyOf(List.of(setup.actor().name(), System.getProperty("user.name", "")));
    return ApprovalCheck.decide(
        setup.policy().restore(),
        new ApprovalRequest(
            order.plan().subject(),
            order.approvals(),
            executors,
            usedIds,
            usedDigests,
            setup.clock().instant()));
  }

  private static void addDigest(Set<Sha256> digests, @Nullable String text) {
    if (text != null && text.matches("[0-9a-f]{64}")) {
      digests.add(new Sha256(text));
    }
  }

  /** Refused approvals matter only as long as others do not suffice. */
  private static void addApprovals(List<String> problems, ApprovalDecision decision) {
    if (!decision.approved()) {
      problems.addAll(decision.refusals());
      problems.add(
          "the approval of "
              + String.join(" and of ", decision.missing())
              + " is missing: 'conitrack-backup approve' makes one from the plan");
    }
  }

  private static void addReason(List<String> problems, RestoreOrder order) {
    String why = order.why();
    if (why == null || why.isBlank()) {
      problems.add("no reason is given: say why the restore is needed");
    }
  }

  private void addConfirmations(List<String> problems, RestoreOrder order) {
    RestoreRules rules = setup.policy().restore();
    List<String> open =
        rules.confirmations().stream()
            .filter(each -> !order.confirmations().contains(each))
            .map(RestoreGate::word)
            .sorted()
            .toList();
    if (!open.isEmpty()) {
      problems.add("not confirmed: " + String.join(", ", open) + ": see to it, then confirm it");
    }
  }

  static String word(Confirmation confirmation) {
    return confirmation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
