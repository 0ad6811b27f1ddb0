package com.conitrack.backup.core.production;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.approval.ApprovalCheck;
import com.conitrack.backup.core.approval.ApprovalDecision;
import com.conitrack.backup.core.approval.ApprovalRequest;
import com.conitrack.backup.core.approval.ApprovalSubject;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.backup.BackupTaker;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What every restore of real data has before it and around it, whatever it replaces. */
public final class Safeguards {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Of the database in {@code setup}. */
  public Safeguards(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Settles what was interrupted. To be called under the database's lock.
   *
   * @param database its name
   * @return a sentence for each thing that was found
   */
  public List<String> settle(String database) {
    return new RestoreRecovery(setup, register, catalogueReader, database).settle().told();
  }

  /** Which of these approvals hold, and what is missing. */
  public ApprovalDecision approvals(ApprovalSubject subject, List<Approval> given) {
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
            subject, given, executors, usedIds, usedDigests, setup.clock().instant()));
  }

  private static void addDigest(Set<Sha256> digests, @Nullable String text) {
    if (text != null && text.matches("[0-9a-f]{64}")) {
      digests.add(new Sha256(text));
    }
  }

  /** What the people concerned have not seen to, a sentence each; empty if all is in place. */
  public List<String> problems(
      ApprovalDecision decision, @Nullable String reason, Set<Confirmation> confirmed) {
    List<String> problems = new ArrayList<>();
    addApprovals(problems, decision);
    if (reason == null || reason.isBlank()) {
      problems.add("no reason is given: say why the restore is needed");
    }
    addConfirmations(problems, confirmed);
    return problems;
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

  private void addConfirmations(List<String> problems, Set<Confirmation> confirmed) {
    List<String> open =
        setup.policy().restore().confirmations().stream()
            .filter(each -> !confirmed.contains(each))
            .map(Safeguards::word)
            .sorted()
            .toList();
    if (!open.isEmpty()) {
      problems.add("not confirmed: " + String.join(", ", open) + ": see to it, then confirm it");
    }
  }

  static String word(Confirmation confirmation) {
    return confirmation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Each counts once: from here on, before anything is changed. */
  public void use(List<Approval> approvals, RestoreJournal journal) {
    for (Approval approval : approvals) {
      Map<String, String> details = new TreeMap<>();
      details.put(RegisterDetails.APPROVAL, approval.id());
      details.put(RegisterDetails.APPROVAL_SHA256, approval.digest().hex());
      details.put(RegisterDetails.PERSON, approval.person());
      details.put(RegisterDetails.ROLE, approval.role());
      details.put(RegisterDetails.REFERENCE, approval.reference());
      details.put(RegisterDetails.REASON, approval.reason());
      details.put(RegisterDetails.PLAN_DIGEST, approval.subject().planDigest().hex());
      journal.require(RegisterEvent.APPROVAL, "USED", details);
    }
  }

  /**
   * Takes and proves the safety backup, as a step on record.
   *
   * @param words why, for the backup itself
   */
  public Manifest safetyBackup(
      RunLock.Held lock, String words, RestoreJournal journal, List<String> remarks) {
    List<Manifest> taken = new ArrayList<>();
    journal.step(
        "safety backup",
        () -> {
          BackupOutcome outcome =
              new BackupTaker(setup, register, catalogueReader)
                  .takeUnder(lock, new BackupRequest(Trigger.PRE_RESTORE, words));
          remarks.addAll(outcome.remarks());
          taken.add(outcome.orThrow());
          return "'" + outcome.id() + "' taken and proved";
        });
    return taken.get(0);
  }

  /**
   * Saves the rows of audit tables that a restore erases, as a step on record.
   *
   * @param restore the restore's id
   * @param erased which tables lose rows
   * @return facts for the register
   */
  public Map<String, String> annex(
      String restore,
      CatalogueEntry backup,
      Manifest safety,
      Predicate<TableName> erased,
      RestoreJournal journal,
      List<String> remarks) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(RegisterDetails.SAFETY_BACKUP, safety.id().value());
    journal.step(
        "audit annex",
        () -> {
          CatalogueEntry entry =
              catalogueReader.read().find(safety.id()).orElseThrow(Safeguards::lost);
          AuditAnnex.Saved saved =
              new AuditAnnex(setup, new Restorer(setup, register), remarks)
                  .only(erased)
                  .save(restore, backup, entry);
          facts.put(RegisterDetails.ANNEX, saved.key());
          facts.put(RegisterDetails.ANNEX_SHA256, saved.sha256().hex());
          return saved.index().rows()
              + " rows of "
              + saved.index().tables().size()
              + " audit tables saved as '"
              + saved.key()
              + "'";
        });
    return facts;
  }

  private static BackupException lost() {
    return new BackupException(
        ErrorKind.IO,
        "unable to find the safety backup",
        "the storages no longer show it",
        "look at the storages, then restore again");
  }
}
