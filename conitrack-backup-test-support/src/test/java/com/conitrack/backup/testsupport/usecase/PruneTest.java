package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Test
  void aStorageWithShorterRetentionLosesItsCopiesAndNothingElse() {
    ConitrackBackup different =
        world.backups(
            KEEP_TWO.toBuilder()
                .copiesRequired(2)
                .retainIn("usb", Trigger.MANUAL, RetentionRule.last(1))
                .build());
    for (int i = 0; i < 3; i++) {
      ids.add(different.backup(Trigger.MANUAL).id());
    }

    PruneOutcome outcome = different.prune(different.planRetention());

    assertThat(outcome.deleted()).containsExactly(ids.get(0));
    assertThat(outcome.trimmed()).containsOnly(Map.entry(ids.get(1), List.of("usb")));
    Catalogue catalogue = different.catalogue();
    assertThat(catalogue.problems()).isEmpty();
    CatalogueEntry trimmed = catalogue.find(ids.get(1)).orElseThrow();
    assertThat(trimmed.good()).isTrue();
    assertThat(trimmed.copies())
        .extracting(CopyState::storage, CopyState::proved, CopyState::removed)
        .containsExactly(tuple("nas", true, false), tuple("usb", false, true));
    assertThat(different.planRetention().deletions()).isEmpty();
    assertThat(different.verifyAll(VerificationLevel.STORED).proved()).isTrue();
  }

  @Test
  void whatOneStorageRefusesIsGoneFromTheOthersAndTheCatalogueSaysSo() {
    take(3);
    world.usb.add(new Fault.FailFrom(Operation.DELETE, 1, ErrorKind.IMMUTABLE));

    PruneOutcome outcome = backups.prune(backups.planRetention());
    world.usb.heal();

    assertThat(outcome.deleted()).isEmpty();
    assertThat(outcome.trimmed()).containsOnly(Map.entry(ids.get(0), List.of("nas")));
    assertThat(outcome.refused().get(ids.get(0))).startsWith("storage 'usb' keeps it locked: ");
    assertThat(World.entries(backups, RegisterEvent.DELETION))
        .extracting(RegisterEntry::storage, RegisterEntry::outcome)
        .containsExactlyInAnyOrder(tuple("nas", "DELETED"), tuple("usb", "REFUSED"));
    assertThat(backups.catalogue().problems()).isEmpty();
    assertThat(backups.catalogue().find(ids.get(0)).orElseThrow().copies())
        .extracting(CopyState::proved, CopyState::removed)
        .containsExactly(tuple(false, true), tuple(true, false));

    assertThat(backups.prune(backups.planRetention()).deleted()).containsExactly(ids.get(0));
    assertThat(backups.catalogue().problems()).isEmpty();
    assertThat(remaining()).hasSize(2);
  }

  @Test
  void aDeletionThatDiedRightBeforeItsLastEntryIsRecorded() {
    take(3);
    RetentionPlan plan = backups.planRetention();
    backups.prune(plan);
    String last =
        World.keys(world.nas).stream()
            .filter(k -> k.startsWith("register/"))
            .reduce((a, b) -> b)
            .orElseThrow();
    world.nasBelow.delete(last);
    world.usbBelow.delete(last);
    ConitrackBackup afterwards = world.backups(KEEP_TWO);
    assertThat(afterwards.catalogue().problems()).hasSize(1);

    afterwards.prune(afterwards.planRetention());

    assertThat(World.entries(afterwards, RegisterEvent.DELETION))
        .extracting(RegisterEntry::outcome)
        .containsExactly("DELETED");
    assertThat(afterwards.catalogue().problems()).isEmpty();
  }
}
