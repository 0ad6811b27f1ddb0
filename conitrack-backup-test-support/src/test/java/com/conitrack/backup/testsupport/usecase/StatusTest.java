package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.Health;
import com.conitrack.backup.core.status.Reason;
import com.conitrack.backup.core.status.Reason.Subject;
import com.conitrack.backup.core.status.StatusReading;
import com.conitrack.backup.core.status.StorageStatus;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusTest {
  private final World world = new World();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-06T03:00:00Z"));
  private final ConitrackBackup backups = world.builder().clock(clock).build();

  @Test
  void failsWhereThereIsNoBackup() {
    BackupStatus status = backups.status();

    assertThat(status.health()).isEqualTo(Health.FAILING);
    assertThat(status.reasons())
        .singleElement()
        .isEqualTo(
            new Reason(
                Health.FAILING, Subject.RECOVERY_POINT, "there is no backup", "take a backup"));
    assertThat(status.newest()).isNull();
    assertThat(status.rpoRemaining()).isEmpty();
  }

  @Test
  void isWellAfterABackupAndSaysUntilWhen() {
    BackupId id = backUp();
    clock.advance(Duration.ofHours(20));

    BackupStatus status = backups.status();

    assertThat(status.health()).as(status.reasons().toString()).isEqualTo(Health.OK);
    assertThat(status.reasons()).isEmpty();
    assertThat(status.newest().id()).isEqualTo(id);
    assertThat(status.newest().age()).isEqualTo(Duration.ofHours(20));
    assertThat(status.newest().level()).isEqualTo(VerificationLevel.STORED);
    assertThat(status.rpoRemaining()).contains(Duration.ofHours(6));
    assertThat(status.storages())
        .containsExactly(
            new StorageStatus("nas", null, 1, 1, 1), new StorageStatus("usb", null, 1, 1, 1));
    assertThat(status.register().sound()).isTrue();
    assertThat(status.lastFailure()).isNull();
  }

  @Test
  void failsOnceTheNewestIsOlderThanTheRpoWithoutReadingAnew() {
    backUp();
    StatusReading reading = backups.readStatus();

    Instant limit = clock.instant().plus(World.POLICY.rpo());

    assertThat(BackupStatus.of(World.POLICY, reading, limit).health()).isEqualTo(Health.OK);
    BackupStatus late = BackupStatus.of(World.POLICY, reading, limit.plusSeconds(1));
    assertThat(late.health()).isEqualTo(Health.FAILING);
    assertThat(late.reasons().get(0).text())
        .isEqualTo("the newest good backup is 1 day 2 hours old; the RPO is 1 day 2 hours");
    assertThat(late.rpoRemaining()).contains(Duration.ofSeconds(-1));
  }

  @Test
  void warnsOfAFailedRunUntilOneSucceeds() {
    backUp();
    world.database.failNextDumpAfter(
        10, new DatabaseException(ErrorKind.DATABASE, "unable to dump", "the disk is full", null));
    clock.advance(Duration.ofHours(1));
    backups.backup(Trigger.SCHEDULED);
    clock.advance(Duration.ofMinutes(5));

    BackupStatus failed = backups.status();

    assertThat(failed.health()).isEqualTo(Health.WARNING);
    assertThat(failed.reasons())
        .singleElement()
        .satisfies(reason -> assertThat(reason.subject()).isEqualTo(Subject.BACKUP))
        .satisfies(
            reason ->
                assertThat(reason.text())
                    .startsWith("the last backup failed 5 minutes ago")
                    .contains("the disk is full"));
    assertThat(failed.lastFailure().event()).isEqualTo(RegisterEvent.BACKUP);

    backUp();
    BackupStatus mended = backups.status();
    assertThat(mended.health()).as(mended.reasons().toString()).isEqualTo(Health.OK);
    assertThat(mended.lastFailure().reason()).contains("the disk is full");
  }

  @Test
  void tellsTheStorageThatCannotBeRead() {
    backUp();
    world.usb.add(new Fault.FailFrom(Operation.LIST, 1, ErrorKind.CONNECTION));

    BackupStatus status = backups.status();

    assertThat(status.health()).isEqualTo(Health.WARNING);
    assertThat(status.reasons()).extracting(Reason::subject).containsExactly(Subject.STORAGE);
    assertThat(status.storages().get(0).readable()).isTrue();
    assertThat(status.storages().get(1).readable()).isFalse();
    assertThat(status.register().sound()).isTrue();
  }

  @Test
  void warnsOfCopiesThatAreGone() {
    BackupId id = backUp();
    String key = backups.catalogue().find(id).orElseThrow().manifest().dump().key();
    world.usbBelow.delete(key);

    BackupStatus status = backups.status();

    assertThat(status.health()).isEqualTo(Health.WARNING);
    assertThat(status.reasons())
        .extracting(Reason::text)
        .containsExactly("storage 'usb' lacks 1 of 1 proved copies");
    assertThat(status.storages().get(1)).isEqualTo(new StorageStatus("usb", null, 1, 0, 0));
  }

  @Test
  void failsWhenTheRegisterWasChanged() {
    backUp();
    String first =
        World.keys(world.nasBelow).stream()
            .filter(key -> key.startsWith("register/"))
            .findFirst()
            .orElseThrow();
    String text = new String(World.read(world.nasBelow, first), StandardCharsets.UTF_8);
    World.replace(
        world.nasBelow, first, text.replace("ana", "eva").getBytes(StandardCharsets.UTF_8));

    BackupStatus status = backups.status();

    assertThat(status.health()).isEqualTo(Health.FAILING);
    assertThat(status.reasons()).extracting(Reason::subject).contains(Subject.REGISTER);
    assertThat(status.register().sound()).isFalse();
    assertThat(status.register().firstError()).contains("nas", first);
  }

  @Test
  void warnsOfDrillsThatAreOverdueAndIsContentAfterOne() {
    BackupPolicy policy =
        World.POLICY.toBuilder()
            .rpo(Duration.ofDays(400))
            .drillInterval(Duration.ofDays(30))
            .build();
    ConitrackBackup drilled = world.builder().clock(clock).policy(policy).build();
    drilled.backup(Trigger.SCHEDULED).orThrow();
    clock.advance(Duration.ofDays(31));

    BackupStatus overdue = drilled.status();
    drilled.drill(DrillRequest.newest());
    BackupStatus held = drilled.status();

    assertThat(overdue.reasons())
        .extracting(Reason::text)
        .containsExactly("no drill has ever passed");
    assertThat(overdue.drills().overdue()).isTrue();
    assertThat(held.health()).as(held.reasons().toString()).isEqualTo(Health.OK);
    assertThat(held.drills().last().result()).isEqualTo("PASSED");
    assertThat(held.drills().took()).isNotNull();
    assertThat(held.newest().level()).isEqualTo(VerificationLevel.RESTORED);
  }

  private BackupId backUp() {
    return backups.backup(Trigger.SCHEDULED).orThrow().id();
  }
}
