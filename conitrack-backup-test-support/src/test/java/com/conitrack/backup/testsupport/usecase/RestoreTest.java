package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Operation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RestoreTest {
  private final World world = new World();
  private final ConitrackBackup backups = world.backups();
  private final Manifest manifest = backups.backup(Trigger.MANUAL).orThrow();
  private final InMemoryDatabase target = InMemoryDatabase.named("beside");

  @Test
  void aTargetThatIsNotEmptyIsRefusedUntouched() {
    target.table("public.mine", "id").row("public.mine", "7");

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(((RestoreOutcome.Failed) outcome).failure()).hasMessageContaining("not empty");
    assertThat(target.rows("public.mine")).hasSize(1);
  }

  @Test
  void aDamagedCopyIsPassedOverForAnother() {
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    World.replace(world.nas, manifest.dump().key(), Arrays.copyOf(bytes, bytes.length - 9));

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(outcome).isInstanceOf(RestoreOutcome.Equal.class);
    assertThat(((RestoreOutcome.Equal) outcome).storage()).isEqualTo("usb");
  }

  @Test
  void aCopyFoundDamagedIsRecordedSoThatTheCatalogueShowsIt() {
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    bytes[bytes.length / 2] ^= 1;
    World.replace(world.nas, manifest.dump().key(), bytes);

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(outcome).isInstanceOf(RestoreOutcome.Equal.class);
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("storage 'nas'"));
    assertThat(world.events)
        .anyMatch(e -> e instanceof BackupEvent.CopyPassedOver)
        .anyMatch(e -> e instanceof BackupEvent.CopyRejected);
    CopyState copy = backups.catalogue().entries().get(0).copies().get(0);
    assertThat(copy.proved()).isFalse();
    assertThat(copy.problem()).contains("found by a restore");
  }

  @Test
  void aStorageOutOfReachIsPassedOverAndNotBlamed() {
    world.nas.add(
        key -> key.equals(manifest.dump().key()),
        new Fault.FailFrom(Operation.OPEN, 1, ErrorKind.CONNECTION));

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(((RestoreOutcome.Equal) outcome).storage()).isEqualTo("usb");
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("storage 'nas'"));
    assertThat(world.events)
        .anyMatch(e -> e instanceof BackupEvent.CopyPassedOver)
        .noneMatch(e -> e instanceof BackupEvent.CopyRejected);
    assertThat(backups.catalogue().entries().get(0).provedCopies()).isEqualTo(2);
  }

  @Test
  void aStorageLostInTheMiddleIsPassedOverAfterAWhile() {
    world.nas.add(key -> key.equals(manifest.dump().key()), new Fault.FailReadAfter(30));

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(((RestoreOutcome.Equal) outcome).storage()).isEqualTo("usb");
    assertThat(world.pauses).hasSize(3);
    assertThat(backups.catalogue().entries().get(0).provedCopies()).isEqualTo(2);
  }

  @Test
  void aReadingThatBreaksOffIsResumedAndSaysSo() {
    world.nas.add(key -> key.equals(manifest.dump().key()), new Fault.BreakReads(5, 40));

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(((RestoreOutcome.Equal) outcome).storage()).isEqualTo("nas");
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("resumed 5 times"));
    assertThat(world.events).filteredOn(e -> e instanceof BackupEvent.ReadResumed).hasSize(5);
  }

  @Test
  void theStorageNamedFirstIsReadUnlessItsCopyIsUnproved() {
    assertThat(((RestoreOutcome.Equal) backups.restoreTo(manifest.id(), target)).storage())
        .isEqualTo("nas");

    byte[] sound = World.read(world.nas, manifest.dump().key());
    World.replace(world.nas, manifest.dump().key(), new byte[sound.length]);
    backups.verify(manifest.id(), VerificationLevel.STORED);
    World.replace(world.nas, manifest.dump().key(), sound);

    RestoreOutcome second =
        backups.restoreTo(manifest.id(), InMemoryDatabase.named("beside-again"));
    assertThat(((RestoreOutcome.Equal) second).storage()).isEqualTo("usb");
  }

  @Test
  void whenEveryCopyIsDamagedTheTargetStaysEmpty() {
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    for (int at = 30; at < bytes.length; at += Math.max(1, bytes.length / 25)) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      World.replace(world.nas, manifest.dump().key(), damaged);
      World.replace(world.usb, manifest.dump().key(), damaged);

      RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

      assertThat(outcome).as("byte %d", at).isInstanceOf(RestoreOutcome.Failed.class);
      assertThat(target.inspector().userObjects()).isEmpty();
    }
  }

  @Test
  void whereverEveryCopyIsCutTheTargetStaysEmpty() {
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      World.replace(world.nas, manifest.dump().key(), cut);
      World.replace(world.usb, manifest.dump().key(), cut);

      RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

      assertThat(outcome).as("%d bytes", length).isInstanceOf(RestoreOutcome.Failed.class);
      assertThat(target.inspector().userObjects()).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void anErrorOfTheTargetIsNotBlamedOnTheCopy() {
    target.failNextRestore(
        new DatabaseException(ErrorKind.DATABASE, "unable to restore", "no such role", null));

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(((RestoreOutcome.Failed) outcome).failure()).hasMessageContaining("no such role");
  }

  @Test
  void aRestoreIsEqualAndRecorded() {
    RestoreOutcome outcome = backups.restoreTo(manifest.id(), target);

    assertThat(outcome).isInstanceOf(RestoreOutcome.Equal.class);
    assertThat(target.rows("public.lote")).isEqualTo(world.database.rows("public.lote"));
    assertThat(World.entries(backups, RegisterEvent.RESTORE))
        .singleElement()
        .extracting(RegisterEntry::outcome)
        .isEqualTo("PASSED");
  }
}
