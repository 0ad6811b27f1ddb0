package com.conitrack.backup.core.prune;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.prune.BackupDeletion.Result;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.retention.CopyDecision;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.core.retention.RetentionPlanner;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Executes a retention plan. Each deletion is recorded before it begins and after it ended; one
 * that a crash interrupted is finished by the next execution. A storage that refuses a deletion is
 * told of and holds up no other.
 */
public final class Pruner {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Prunes what the storages of {@code setup} hold. */
  public Pruner(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /** The plan for the database's backups as the storages hold them now. Changes nothing. */
  public RetentionPlan plan() {
    String database = setup.database().inspector().inspect().name();
    return RetentionPlanner.plan(
        setup.policy(), catalogueReader.read(), database, setup.clock().instant());
  }

  /**
   * Deletes what {@code plan} shows, and nothing else.
   *
   * @throws BackupException kind {@code RULE}, before anything is deleted, if the plan no longer
   *     fits what the storages hold; {@code LOCKED} if another runner is at work
   */
  public PruneOutcome execute(RetentionPlan plan) {
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("prune"), setup.lockWait())) {
      Catalogue fresh = catalogueReader.read();
      List<String> objections = RetentionPlanner.objections(plan, fresh);
      if (!objections.isEmpty()) {
        throw new BackupException(
            ErrorKind.RULE,
            "unable to execute the retention plan",
            String.join("; ", objections),
            "make a new plan and look at it");
      }
      List<String> remarks = new InterruptedDeletions(setup, register, fresh).finish();
      Tally tally = new Tally();
      for (RetentionDecision decision : plan.deletions()) {
        requireLock(held);
        tally.add(decision, delete(decision, plan));
      }
      return new PruneOutcome(tally.deleted, tally.trimmed, tally.refused, remarks);
    }
  }

  private static void requireLock(RunLock.Held held) {
    if (!held.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to go on deleting",
          "the lock on the database was lost",
          "look for a dropped connection to the database, then prune again");
    }
  }

  private Result delete(RetentionDecision decision, RetentionPlan plan) {
    Map<String, String> details = details(decision);
    details.put(RegisterDetails.PLAN_DIGEST, plan.digest().hex());
    register.append(
        setup.entry(RegisterEvent.DELETION_PLANNED, "PLANNED", decision.id(), null, details));
    return new BackupDeletion(setup, register)
        .delete(decision.id(), decision.deletedFrom(), details, decision.isDeletion());
  }

  private static Map<String, String> details(RetentionDecision decision) {
    Manifest manifest = decision.entry().manifest();
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.REASON, reason(decision));
    details.put(RegisterDetails.KEY, manifest.dump().key());
    details.put(RegisterDetails.RUN, manifest.run());
    if (!decision.isDeletion()) {
      details.put(RegisterDetails.STORAGES, String.join(",", decision.deletedFrom()));
    }
    for (CopyState copy : decision.entry().copies()) {
      if (decision.deletedFrom().contains(copy.storage())) {
        BackupDeletion.noteLevel(details, copy.storage(), copy.level().name());
      }
    }
    return details;
  }

  private static String reason(RetentionDecision decision) {
    return decision.copies().stream()
        .filter(CopyDecision::isDeletion)
        .flatMap(copy -> copy.reasons().stream())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** What became of the backups so far. */
  private static final class Tally {
    final List<BackupId> deleted = new ArrayList<>();
    final Map<BackupId, List<String>> trimmed = new TreeMap<>();
    final Map<BackupId, String> refused = new TreeMap<>();

    void add(RetentionDecision decision, Result result) {
      if (!result.complete()) {
        refused.put(decision.id(), String.join("; ", result.refusals()));
      }
      if (result.complete() && decision.isDeletion()) {
        deleted.add(decision.id());
      } else if (!result.deletedFrom().isEmpty()) {
        trimmed.put(decision.id(), result.deletedFrom());
      }
    }
  }
}
