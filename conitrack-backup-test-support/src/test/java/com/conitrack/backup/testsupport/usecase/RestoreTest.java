package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.restore.RestoreOutcome;
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
