package com.conitrack.backup.testsupport.usecase;

import static com.conitrack.backup.testsupport.usecase.World.backupKeys;
import static com.conitrack.backup.testsupport.usecase.World.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Gate;
import com.conitrack.backup.testsupport.storage.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupTest {
  private final World world = new World();

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(world.nasBelow.openHandles()).isEmpty();
    assertThat(world.usbBelow.openHandles()).isEmpty();
  }

  @Test
  void aDumpThatDiesLeavesNothingButARegisterEntry() {
    world.database.failNextDumpAfter(
        200, new DatabaseException(ErrorKind.CONNECTION, "unable to dump", "it died", null));
    ConitrackBackup backups = world.backups();

    BackupOutcome outcome = backups.backup(Trigger.MANUAL);

    assertThat(outcome).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(((BackupOutcome.Failed) outcome).failure().kind()).isEqualTo(ErrorKind.CONNECTION);
    assertThat(backupKeys(world.nas)).isEmpty();
    assertThat(backupKeys(world.usb)).isEmpty();
    assertThat(entries(backups, RegisterEvent.BACKUP))
        .extracting(RegisterEntry::outcome)
        .containsExactly("FAILED");
  }

  @Test
  void aDumpThatBreaksARuleLeavesNothingAndNamesTheRule() {
    BackupPolicy policy = World.POLICY.toBuilder().requireTables("analisis").build();

    BackupOutcome outcome = world.backups(policy).backup(Trigger.SCHEDULED);

    assertThat(((BackupOutcome.Failed) outcome).failure())
        .hasMessageContaining("analisis")
        .extracting(BackupException::kind)
        .isEqualTo(ErrorKind.RULE);
    assertThat(backupKeys(world.nas)).isEmpty();
    assertThatExceptionOfType(BackupException.class).isThrownBy(outcome::orThrow);
  }

  @Test
  void aShrunkenDatabaseIsRefused() {
    BackupPolicy policy =
        World.POLICY.toBuilder()
            .content(World.POLICY.content().toBuilder().greatestTableShrink(0.5).build())
            .build();
    world.backups(policy).backup(Trigger.SCHEDULED).orThrow();
    world.database.drop("public.lote").table("public.lote", "id", "codigo");

    BackupOutcome outcome = world.backups(policy).backup(Trigger.SCHEDULED);

    assertThat(outcome).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(((BackupOutcome.Failed) outcome).failure()).hasMessageContaining("lote");
  }

  @Test
  void aStorageThatFailsLeavesTheBackupDegraded() {
    world.usb.add(new Fault.FailWriteAfter(0, ErrorKind.FULL));
    ConitrackBackup backups = world.backups();

    BackupOutcome outcome = backups.backup(Trigger.MANUAL);

    BackupOutcome.Degraded degraded = (BackupOutcome.Degraded) outcome;
    assertThat(degraded.good()).as("one copy is required").isTrue();
    assertThat(degraded.failedCopies()).extracting(copy -> copy.storage()).containsExactly("usb");
    assertThat(backupKeys(world.usb)).isEmpty();
    assertThat(entries(backups, RegisterEvent.BACKUP).get(0).outcome()).isEqualTo("DEGRADED");
    assertThat(world.events).anyMatch(e -> e instanceof BackupEvent.CopyFailed);
  }

  @Test
  void aDegradedBackupIsNotGoodWhenMoreCopiesAreRequired() {
    world.usb.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));
    ConitrackBackup backups = world.backups(World.POLICY.toBuilder().copiesRequired(2).build());

    BackupOutcome outcome = backups.backup(Trigger.MANUAL);

    assertThat(outcome.good()).isFalse();
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(outcome::orThrow)
        .withMessageContaining("usb");
    assertThat(backups.catalogue().entries())
        .extracting(CatalogueEntry::good)
        .containsExactly(false);
  }

  @Test
  void aBackupWithoutACopyWhereThePolicyWantsOneIsNotGoodUntilItIsMadeUp() {
    world.usb.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));
    ConitrackBackup backups =
        world.backups(World.POLICY.toBuilder().copiesRequiredIn("usb").build());

    BackupOutcome outcome = backups.backup(Trigger.MANUAL);

    assertThat(outcome.good()).as("one copy would do, but not in nas").isFalse();
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(outcome::orThrow)
        .withMessageContaining("no proved copy in usb");
    world.usb.heal();
    assertThat(backups.catalogue().entries().get(0).good()).isFalse();
    assertThat(backups.catalogue().entries().get(0).storagesLacking()).containsExactly("usb");

    backups.replicate(backups.planReplication());

    assertThat(backups.catalogue().entries().get(0).good()).isTrue();
  }

  @Test
  void aPolicyCannotNameAStorageThatIsNotThere() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> world.backups(World.POLICY.toBuilder().copiesRequiredIn("cloud").build()))
        .withMessageContaining("cloud");
  }

  @Test
  void aStorageThatStallsIsLeftBehindAndMadeUpLater() {
    Gate stalled = new Gate();
    world.usb.add(new Fault.Stall(Operation.COMMIT, stalled));
    ConitrackBackup backups =
        world.impatient().policy(World.POLICY.toBuilder().copiesRequired(2).build()).build();

    assertThat(backups.backup(Trigger.MANUAL).good()).isFalse();
    stalled.open();
    world.usb.heal();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> backups.planReplication().obstacles().isEmpty());
    backups.replicate(backups.planReplication());

    assertThat(backups.catalogue().entries().get(0).provedCopies()).isEqualTo(2);
  }

  @Test
  void aStorageThatStallsIsLeftBehind() {
    Gate gate = new Gate();
    world.usb.add(new Fault.Stall(Operation.WRITE, gate));

    BackupOutcome outcome = world.impatient().build().backup(Trigger.MANUAL);

    gate.open();
    assertThat(outcome).isInstanceOf(BackupOutcome.Degraded.class);
    assertThat(((BackupOutcome.Degraded) outcome).failedCopies().get(0).problem())
        .contains("took no bytes");
  }

  @Test
  void aCopyThatReadsBackOtherBytesIsWithdrawn() {
    world.usb.add(new Fault.FlipBit(40));

    BackupOutcome outcome = world.backups().backup(Trigger.MANUAL);

    assertThat(((BackupOutcome.Degraded) outcome).failedCopies().get(0).problem())
        .contains("altered");
    assertThat(backupKeys(world.usb)).isEmpty();
    assertThat(backupKeys(world.nas)).hasSize(2);
  }

  @Test
  void whenEveryStorageFailsThereIsNoBackup() {
    world.nas.add(new Fault.FailFrom(Operation.COMMIT, 1, ErrorKind.FULL));
    world.usb.add(new Fault.FailFrom(Operation.COMMIT, 1, ErrorKind.FULL));
    ConitrackBackup backups = world.backups();

    BackupOutcome outcome = backups.backup(Trigger.MANUAL);

    assertThat(outcome).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(outcome.remarks()).as("the register could not be written either").isNotEmpty();
    assertThat(backups.catalogue().entries()).isEmpty();
  }

  @Test
  void aCompleteBackupIsProvedInEveryStorage() {
    ConitrackBackup backups = world.backups();

    BackupOutcome outcome =
        backups.backup(BackupRequest.of(Trigger.PRE_CHANGE).because("before V42"));

    Manifest manifest = outcome.orThrow();
    assertThat(outcome).isInstanceOf(BackupOutcome.Complete.class);
    assertThat(manifest.reason()).isEqualTo("before V42");
    assertThat(manifest.actor().name()).isEqualTo("ana");
    assertThat(manifest.contents().table(new TableName("public", "lote")).orElseThrow().rows())
        .isEqualTo(2);
    assertThat(backupKeys(world.nas))
        .containsExactly(manifest.dump().key(), manifest.key())
        .isEqualTo(backupKeys(world.usb));
    assertThat(backups.catalogue().entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.manifest()).isEqualTo(manifest);
              assertThat(entry.provedCopies()).isEqualTo(2);
              assertThat(entry.good()).isTrue();
              assertThat(entry.level()).isEqualTo(VerificationLevel.STORED);
            });
    assertThat(backups.catalogue().problems()).isEmpty();
    assertThat(backups.register().verify(World.manifests(backups))).isEmpty();
  }

  @Test
  void whatIsToBeMigratedStandsInManifestAndRegister() {
    SchemaChange change =
        new SchemaChange(
            "Flyway",
            "1",
            "3",
            List.of(
                new SchemaChange.Script("V2__a.sql", "17"),
                new SchemaChange.Script("V3__b.sql", null)));
    ConitrackBackup backups = world.backups();

    Manifest manifest = backups.backup(BackupRequest.before(change)).orThrow();

    assertThat(manifest.trigger()).isEqualTo(Trigger.PRE_CHANGE);
    assertThat(manifest.change()).isEqualTo(change);
    assertThat(manifest.reason())
        .isEqualTo("Flyway: version 1 to 3: V2__a.sql (checksum 17), V3__b.sql");
    assertThat(backups.register().entries())
        .filteredOn(entry -> entry.event() == RegisterEvent.BACKUP)
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.details())
                    .containsEntry("migrationTool", "Flyway")
                    .containsEntry("schemaFrom", "1")
                    .containsEntry("schemaTo", "3")
                    .containsEntry("pendingScripts", "V2__a.sql, V3__b.sql"));
  }

  @Test
  void twoBackupsOfOneSecondHaveTwoNames() {
    ConitrackBackup backups =
        world
            .builder()
            .clock(Clock.fixed(Instant.parse("2026-01-04T03:00:00Z"), ZoneOffset.UTC))
            .build();

    assertThat(backups.backup(Trigger.MANUAL).id().value()).isEqualTo("backup_2026-01-04_03-00-00");
    assertThat(backups.backup(Trigger.MANUAL).id().value())
        .isEqualTo("backup_2026-01-04_03-00-00_2");
  }

  @Test
  void aSecondRunnerIsRefusedAndToldWhoIsAtWork() {
    try (RunLock.Held held = world.database.lock().acquire("backup by eva", Duration.ZERO)) {
      assertThat(held.isHeld()).isTrue();
      assertThatExceptionOfType(BackupException.class)
          .isThrownBy(() -> world.backups().backup(Trigger.MANUAL))
          .withMessageContaining("backup by eva")
          .extracting(BackupException::kind)
          .isEqualTo(ErrorKind.LOCKED);
    }
    assertThat(backupKeys(world.nas)).isEmpty();
  }

  @Test
  void aListenerThatFailsChangesNothing() {
    ConitrackBackup backups =
        world
            .builder()
            .listener(
                event -> {
                  throw new IllegalStateException("a listener's own trouble");
                })
            .build();

    assertThat(backups.backup(Trigger.MANUAL)).isInstanceOf(BackupOutcome.Complete.class);
  }

  @Test
  void whatARunLeftThatDiedBeforeItsManifestIsRemoved() {
    world.nas.add(new Fault.FailNth(Operation.COMMIT, 3, ErrorKind.IO));
    world.usb.add(new Fault.FailNth(Operation.COMMIT, 3, ErrorKind.IO));
    assertThat(world.backups().backup(Trigger.MANUAL)).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(backupKeys(world.nas)).as("a dump and its marker").hasSize(2);

    world.nas.heal();
    world.usb.heal();
    ConitrackBackup backups = world.backups();
    Manifest manifest = backups.backup(Trigger.MANUAL).orThrow();

    assertThat(backupKeys(world.nas)).containsExactly(manifest.dump().key(), manifest.key());
    assertThat(entries(backups, RegisterEvent.INCIDENT)).isNotEmpty();
  }

  @Test
  void aDumpWhoseCommitWasNotAnsweredIsRemovedByTheNextRun() {
    world.nas.add(key -> key.endsWith(".sql.gz"), new Fault.LoseCommitAnswer());
    world.usb.add(key -> key.endsWith(".sql.gz"), new Fault.LoseCommitAnswer());
    assertThat(world.backups().backup(Trigger.MANUAL)).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(backupKeys(world.nas)).anyMatch(key -> key.endsWith(".sql.gz"));

    world.nas.heal();
    world.usb.heal();
    Manifest manifest = world.backups().backup(Trigger.MANUAL).orThrow();

    assertThat(backupKeys(world.nas)).containsExactly(manifest.dump().key(), manifest.key());
    assertThat(backupKeys(world.usb)).containsExactly(manifest.dump().key(), manifest.key());
  }

  @Test
  void aForeignFileOfALikeNameIsNeverTouched() {
    World.replace(world.nas, "backup_2026-01-04_03-00-00.sql.gz", new byte[] {1, 2, 3});
    ConitrackBackup backups =
        world
            .builder()
            .clock(Clock.fixed(Instant.parse("2026-01-04T03:00:00Z"), ZoneOffset.UTC))
            .build();

    assertThat(backups.backup(Trigger.MANUAL).id().value())
        .isEqualTo("backup_2026-01-04_03-00-00_2");
    assertThat(World.read(world.nas, "backup_2026-01-04_03-00-00.sql.gz")).containsExactly(1, 2, 3);
  }
}
