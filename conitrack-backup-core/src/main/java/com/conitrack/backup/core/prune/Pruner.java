package com.conitrack.backup.core.prune;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.core.retention.RetentionPlanner;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Executes a retention plan. Each deletion is recorded before it begins and after it ended; one
 * that a crash interrupted is finished by the next execution. The dump goes first and its manifest
 * last, so that what is half deleted still says what it was.
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
      Map<BackupId, String> refused = new TreeMap<>();
      List<BackupId> deleted = new ArrayList<>();
      List<String> remarks = finishInterrupted(fresh);
      for (RetentionDecision decision : plan.deletions()) {
        requireLock(held);
        delete(decision, plan, deleted, refused);
      }
      return new PruneOutcome(deleted, refused, remarks);
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

  private void delete(
      RetentionDecision decision,
      RetentionPlan plan,
      List<BackupId> deleted,
      Map<BackupId, String> refused) {
    CatalogueEntry entry = decision.entry();
    Map<String, String> details = details(entry.manifest(), String.join("; ", decision.reasons()));
    details.put(RegisterDetails.PLAN_DIGEST, plan.digest().hex());
    register.append(
        setup.entry(RegisterEvent.DELETION_PLANNED, "PLANNED", entry.id(), null, details));
    List<String> problems = deleteObjects(entry.manifest().dump().key());
    record(entry.id(), details, problems);
    if (problems.isEmpty()) {
      deleted.add(entry.id());
    } else {
      refused.put(entry.id(), String.join("; ", problems));
    }
  }

  private static Map<String, String> details(Manifest manifest, String reason) {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.REASON, reason);
    details.put(RegisterDetails.KEY, manifest.dump().key());
    details.put(RegisterDetails.RUN, manifest.run());
    return details;
  }

  private void record(BackupId id, Map<String, String> planned, List<String> problems) {
    Map<String, String> details = new TreeMap<>(planned);
    if (!problems.isEmpty()) {
      details.put(RegisterDetails.REASON, String.join("; ", problems));
    }
    register.append(
        setup.entry(
            RegisterEvent.DELETION, problems.isEmpty() ? "DELETED" : "REFUSED", id, null, details));
  }

  private List<String> deleteObjects(String dumpKey) {
    List<String> problems = new ArrayList<>();
    for (BackupStorage storage : setup.storages()) {
      try {
        storage.delete(dumpKey);
        storage.delete(Manifest.keyOf(dumpKey));
      } catch (StorageException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  private List<String> finishInterrupted(Catalogue catalogue) {
    List<RegisterEntry> entries = register.entries();
    Set<String> ended = new HashSet<>();
    for (RegisterEntry entry : entries) {
      if (entry.event() == RegisterEvent.DELETION) {
        ended.add(entry.details().getOrDefault(RegisterDetails.RUN, ""));
      }
    }
    List<String> told = new ArrayList<>();
    for (RegisterEntry entry : entries) {
      if (entry.event() == RegisterEvent.DELETION_PLANNED
          && ended.add(entry.details().getOrDefault(RegisterDetails.RUN, ""))) {
        finish(entry, catalogue, told);
      }
    }
    return told;
  }

  /** Only what has lost a dump already is finished; the rest is for a new plan to decide. */
  private void finish(RegisterEntry planned, Catalogue catalogue, List<String> told) {
    String key = planned.details().getOrDefault(RegisterDetails.KEY, "");
    BackupId id = planned.backup();
    if (id == null || key.isEmpty()) {
      return;
    }
    boolean begun =
        catalogue
            .find(id)
            .filter(e -> e.manifest().run().equals(planned.details().get(RegisterDetails.RUN)))
            .filter(e -> !e.held() && e.copies().stream().anyMatch(copy -> !copy.present()))
            .isPresent();
    if (begun) {
      record(id, planned.details(), deleteObjects(key));
      told.add("finished the deletion of '" + id + "' that had been interrupted");
    }
  }
}
