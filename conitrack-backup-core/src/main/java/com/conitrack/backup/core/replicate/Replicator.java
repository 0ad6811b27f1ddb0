package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.backup.Debris;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.objects.Concurrently;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Failed;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Made;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.core.retention.RetentionPlanner;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes up copies that are missing or damaged from one that is proved, so that every storage holds
 * what its retention keeps; and, after that, register entries that a storage did not get.
 */
public final class Replicator {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Replicates among the storages of {@code setup}. */
  public Replicator(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * What is wanting, as the storages stand now. Changes nothing.
   *
   * @param wanted which of the database's backups to look at
   */
  public ReplicationPlan plan(Predicate<BackupId> wanted) {
    return plan(catalogueReader.read(), setup.database().inspector().inspect().name(), wanted);
  }

  private ReplicationPlan plan(Catalogue catalogue, String database, Predicate<BackupId> wanted) {
    List<StorageContents> contents = Concurrently.map(setup.storages(), StorageContents::of);
    RetentionPlan retention =
        RetentionPlanner.plan(setup.policy(), catalogue, database, setup.clock().instant());
    return new ReplicationPlanner(catalogue, contents, retention, register.entries())
        .plan(database, wanted, setup.clock().instant());
  }

  /**
   * Makes up what {@code plan} shows, and nothing else. What is no longer wanting, or should no
   * longer be made up, is left out and remarked.
   *
   * @throws BackupException kind {@code LOCKED} if another runner is at work
   */
  public ReplicationOutcome execute(ReplicationPlan plan) {
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("replicate"), setup.lockWait())) {
      return new Execution(held).execute(plan);
    }
  }

  /** One execution's state. */
  private final class Execution {
    private final RunLock.Held lock;
    private final List<String> remarks = new ArrayList<>();
    private final List<Made> made = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();
    private final Map<String, Failed> outOfReach = new HashMap<>();

    Execution(RunLock.Held lock) {
      this.lock = lock;
    }

    ReplicationOutcome execute(ReplicationPlan plan) {
      DatabaseFacts database = setup.database().inspector().inspect();
      remarks.addAll(new Debris(setup, register).remove(database, setup.clock().instant()));
      Catalogue fresh = catalogueReader.read();
      ReplicationPlan now = plan(fresh, database.name(), id -> true);
      for (ReplicationTask shown : plan.tasks()) {
        Optional<ReplicationTask> task = stillWanting(shown, now);
        if (task.isPresent()) {
          requireLock();
          run(task.get(), database);
        } else {
          remarks.add(noLongerWanting(shown, fresh));
        }
      }
      remarks.addAll(
          register.makeUp(
              fresh.entries().stream().map(CatalogueEntry::manifest).toList(), setup::entry));
      return new ReplicationOutcome(made, failed, remarks);
    }

    private Optional<ReplicationTask> stillWanting(ReplicationTask shown, ReplicationPlan now) {
      return now.tasks().stream()
          .filter(task -> task.id().equals(shown.id()) && task.storage().equals(shown.storage()))
          .filter(task -> task.entry().manifestSha256().equals(shown.entry().manifestSha256()))
          .findFirst();
    }

    private String noLongerWanting(ReplicationTask shown, Catalogue fresh) {
      boolean proved =
          fresh.find(shown.id()).stream()
              .flatMap(entry -> entry.copies().stream())
              .anyMatch(copy -> copy.storage().equals(shown.storage()) && copy.proved());
      return "'"
          + shown.id()
          + "' in storage '"
          + shown.storage()
          + (proved ? "' is good meanwhile" : "' can no longer be made up as planned: plan anew");
    }

    private void requireLock() {
      if (!lock.isHeld()) {
        throw new BackupException(
            ErrorKind.LOCKED,
            "unable to go on replicating",
            "the lock on the database was lost",
            "look for a dropped connection to the database, then replicate again");
      }
    }

    /** A storage that was out of reach once is not asked again for every other backup. */
    private void run(ReplicationTask task, DatabaseFacts database) {
      Failed before = outOfReach.get(task.storage());
      if (before != null) {
        failed.add(new Failed(task.id(), task.storage(), before.kind(), before.reason()));
        return;
      }
      CopyTransfer transfer = new CopyTransfer(setup, register, task, database, remarks);
      try {
        made.add(transfer.run());
      } catch (BackupException e) {
        Failed failure =
            new Failed(task.id(), task.storage(), e.kind(), String.valueOf(e.getMessage()));
        failed.add(failure);
        if (transfer.targetOutOfReach()) {
          outOfReach.put(task.storage(), failure);
        }
      }
    }
  }
}
