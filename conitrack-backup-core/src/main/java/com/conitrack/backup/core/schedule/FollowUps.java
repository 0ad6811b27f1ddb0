package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.drill.Drills;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.policy.RunRules.Task;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.prune.Pruner;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.replicate.ReplicationOutcome;
import com.conitrack.backup.core.replicate.ReplicationPlan;
import com.conitrack.backup.core.replicate.Replicator;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows a scheduled backup, done by the replica that took it and by no other. */
final class FollowUps {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUps.class);

  /** Other replicas take the lock for a moment, to see that there is nothing left to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;
  private final Announcements announcements;

  FollowUps(
      Setup setup,
      Register register,
      CatalogueReader catalogueReader,
      Announcements announcements) {
    boolean patient = setup.lockWait().compareTo(PATIENCE) >= 0;
    this.setup = patient ? setup : setup.withLockWait(PATIENCE);
    this.register = register;
    this.catalogueReader = catalogueReader;
    this.announcements = announcements;
  }

  void after(BackupOutcome backup) {
    for (Task task : setup.policy().runs().tasks()) {
      boolean wanted =
          task == Task.REPLICATE ? !(backup instanceof BackupOutcome.Failed) : backup.good();
      if (wanted && !Thread.currentThread().isInterrupted()) {
        carryOut(task);
      }
    }
  }

  private void carryOut(Task task) {
    try {
      switch (task) {
        case REPLICATE -> replicate();
        case PRUNE -> prune();
        case DRILL -> drill();
      }
    } catch (RuntimeException e) {
      announcements.tell(new ScheduleEvent.TaskFailed(task, String.valueOf(e.getMessage())));
    }
  }

  private void replicate() {
    Replicator replicator = new Replicator(setup, register, catalogueReader);
    ReplicationPlan plan = replicator.plan(id -> true);
    if (plan.tasks().isEmpty()) {
      return;
    }
    ReplicationOutcome outcome = replicator.execute(plan);
    if (!outcome.made().isEmpty()) {
      announcements.tell(
          new ScheduleEvent.TaskDone(
              Task.REPLICATE, outcome.made().size() + " copies were made up"));
    }
    outcome
        .failed()
        .forEach(
            failed ->
                announcements.tell(new ScheduleEvent.TaskFailed(Task.REPLICATE, failed.reason())));
  }

  private void prune() {
    Pruner pruner = new Pruner(setup, register, catalogueReader);
    RetentionPlan plan = pruner.plan();
    if (plan.deletions().isEmpty()) {
      return;
    }
    plan.deletions()
        .forEach(
            decision ->
                LOG.info("to be pruned: {} from {}", decision.id(), decision.deletedFrom()));
    PruneOutcome outcome = pruner.execute(plan);
    announcements.tell(
        new ScheduleEvent.TaskDone(Task.PRUNE, outcome.deleted().size() + " backups were deleted"));
    outcome
        .refused()
        .forEach(
            (id, why) ->
                announcements.tell(new ScheduleEvent.TaskFailed(Task.PRUNE, id + ": " + why)));
  }

  private void drill() {
    Duration interval = setup.policy().drillInterval();
    if (interval == null || passedSince(setup.clock().instant().minus(interval))) {
      return;
    }
    DrillOutcome outcome =
        new Drills(setup, register, catalogueReader).drill(DrillRequest.newest());
    announcements.tell(told(outcome));
  }

  private static ScheduleEvent told(DrillOutcome outcome) {
    if (outcome instanceof DrillOutcome.Failed failed) {
      return new ScheduleEvent.TaskFailed(Task.DRILL, String.join("; ", failed.reasons()));
    }
    if (outcome instanceof DrillOutcome.Rejected rejected) {
      return new ScheduleEvent.TaskFailed(Task.DRILL, String.join("; ", rejected.differences()));
    }
    return new ScheduleEvent.TaskDone(Task.DRILL, "a drill passed");
  }

  private boolean passedSince(Instant instant) {
    return register.entries().stream()
        .anyMatch(
            entry ->
                entry.event() == RegisterEvent.DRILL
                    && entry.outcome().equals("PASSED")
                    && entry.at().isAfter(instant));
  }
}
