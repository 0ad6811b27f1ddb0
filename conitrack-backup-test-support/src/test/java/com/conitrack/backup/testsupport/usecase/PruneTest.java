package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruneTest {
  private static final BackupPolicy KEEP_TWO =
      World.POLICY.toBuilder().retain(Trigger.MANUAL, RetentionRule.last(2)).build();

  private final World world = new World();
  private final ConitrackBackup backups = world.backups(KEEP_TWO);
  private final List<BackupId> ids = new ArrayList<>();

  private void take(int backupsToTake) {
    for (int i = 0; i < backupsToTake; i++) {
      ids.add(backups.backup(Trigger.MANUAL).id());
    }
  }

  private List<BackupId> remaining() {
    return backups.catalogue().entries().stream().map(CatalogueEntry::id).toList();
  }

  @Test
  void deletesWhatThePlanShowsAndRecordsIt() {
    take(4);
    RetentionPlan plan = backups.planRetention();
    assertThat(plan.deletions())
        .extracting(RetentionDecision::id)
        .containsExactly(ids.get(0), ids.get(1));

    PruneOutcome outcome = backups.prune(plan);

    assertThat(outcome.deleted()).containsExactly(ids.get(0), ids.get(1));
    assertThat(remaining()).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    assertThat(World.backupKeys(world.nas)).hasSize(4);
    assertThat(World.entries(backups, RegisterEvent.DELETION)).hasSize(2);
    assertThat(backups.catalogue().problems()).isEmpty();
  }

  @Test
  void aHoldMadeAfterThePlanStopsIt() {
    take(3);
    RetentionPlan plan = backups.planRetention();
    backups.hold(ids.get(0), "inspection");

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> backups.prune(plan))
        .extracting(BackupException::kind)
        .isEqualTo(ErrorKind.RULE);
    assertThat(remaining()).hasSize(3);

    backups.release(ids.get(0), "inspection over");
    assertThat(backups.prune(backups.planRetention()).deleted()).containsExactly(ids.get(0));
  }

  @Test
  void aRefusedDeletionIsNoSuccess() {
    take(3);
    world.usb.add(new Fault.FailFrom(Operation.DELETE, 1, ErrorKind.PERMISSION));

    PruneOutcome outcome = backups.prune(backups.planRetention());

    assertThat(outcome.deleted()).isEmpty();
    assertThat(outcome.refused()).containsOnlyKeys(ids.get(0));
  }

  @Test
  void nothingIsDeletedWhenAStorageCannotBeListed() {
    take(3);
    world.usb.add(new Fault.FailFrom(Operation.LIST, 1, ErrorKind.CONNECTION));

    RetentionPlan plan = backups.planRetention();

    assertThat(plan.blocked()).isNotNull();
    assertThat(plan.deletions()).isEmpty();
  }

  @Test
  void aDeletionThatWasInterruptedIsFinished() {
    take(4);
    RetentionPlan plan = backups.planRetention();
    world.nas.add(new Fault.FailNth(Operation.DELETE, 2, ErrorKind.IO));
    backups.prune(plan);
    world.nas.heal();

    backups.prune(backups.planRetention());

    assertThat(remaining()).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    assertThat(World.backupKeys(world.nas)).hasSize(4);
    assertThat(World.backupKeys(world.usb)).hasSize(4);
  }
}
