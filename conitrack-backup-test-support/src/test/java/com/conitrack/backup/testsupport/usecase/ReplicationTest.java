package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.replicate.ReplicationOutcome;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Action;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Made;
import com.conitrack.backup.core.replicate.ReplicationPlan;
import com.conitrack.backup.core.replicate.ReplicationTask;
import com.conitrack.backup.core.replicate.ReplicationTask.Reason;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import com.conitrack.backup.testsupport.storage.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicationTest {
  private static final BackupPolicy BOTH = World.POLICY.toBuilder().copiesRequired(2).build();

  private final World world = new World();
  private final ConitrackBackup backups = world.backups(BOTH);

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(world.nasBelow.openHandles()).isEmpty();
    assertThat(world.usbBelow.openHandles()).isEmpty();
  }

  /** A backup whose copy in usb could not be made. */
  private Manifest degraded() {
    world.usb.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));
    BackupOutcome outcome = backups.backup(Trigger.MANUAL);
    world.usb.heal();
    return ((BackupOutcome.Degraded) outcome).manifest();
  }

  private Manifest complete() {
    return backups.backup(Trigger.MANUAL).orThrow();
  }

  private ReplicationOutcome replicate() {
    return backups.replicate(backups.planReplication());
  }

  private CatalogueEntry entry(Manifest manifest) {
    return backups.catalogue().find(manifest.id()).orElseThrow();
  }

  private void assertGood(Manifest manifest) {
    assertThat(backups.verify(manifest.id(), VerificationLevel.CONTENT).proved()).isTrue();
    assertThat(backups.catalogue().problems()).isEmpty();
    assertThat(entry(manifest).provedCopies()).isEqualTo(2);
    assertThat(entry(manifest).good()).isTrue();
    assertThat(World.backupKeys(world.nas)).isEqualTo(World.backupKeys(world.usb));
    assertThat(World.read(world.usb, manifest.key()))
        .isEqualTo(World.read(world.nas, manifest.key()));
    assertThat(backups.register().verify(World.manifests(backups))).isEmpty();
    assertThat(backups.planReplication().nothingWanting()).isTrue();
  }

  @Test
  void aMissingCopyIsShownAndMadeUp() {
    Manifest manifest = degraded();
    assertThat(entry(manifest).good()).isFalse();

    ReplicationPlan plan = backups.planReplication();

    assertThat(plan.tasks())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.id()).isEqualTo(manifest.id());
              assertThat(task.storage()).isEqualTo("usb");
              assertThat(task.reason()).isEqualTo(Reason.MISSING);
              assertThat(task.sources()).containsExactly("nas");
            });
    assertThat(plan.bytesToCopy()).isEqualTo(manifest.dump().stored().bytes());
    assertThat(World.backupKeys(world.usb)).as("a plan changes nothing").isEmpty();

    ReplicationOutcome outcome = backups.replicate(plan);

    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.made())
        .containsExactly(new Made(manifest.id(), "usb", Action.COPIED, "nas"));
    assertThat(entry(manifest).copies().get(1).level()).isEqualTo(VerificationLevel.STORED);
    assertThat(World.entries(backups, RegisterEvent.REPLICATION))
        .extracting(RegisterEntry::outcome)
        .contains("COPIED");
    assertThat(world.events)
        .anyMatch(
            e -> e instanceof BackupEvent.CopyStored stored && stored.storage().equals("usb"));
    assertGood(manifest);
  }

  @Test
  void theRegisterOfAStorageThatWasDownIsMadeUp() {
    Manifest manifest = degraded();
    assertThat(backups.register().verify(List.of(manifest))).isNotEmpty();

    ReplicationOutcome outcome = replicate();

    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("register of storage 'usb'"));
    assertThat(backups.register().verify(List.of(manifest))).isEmpty();
    assertThat(world.backups().register().entries()).isEqualTo(backups.register().entries());
  }

  @Test
  void aDamagedCopyIsReplaced() {
    Manifest manifest = complete();
    byte[] bytes = World.read(world.usb, manifest.dump().key());
    bytes[bytes.length / 2] ^= 1;
    World.replace(world.usb, manifest.dump().key(), bytes);
    backups.verify(manifest.id(), VerificationLevel.STORED);

    ReplicationPlan plan = backups.planReplication();
    ReplicationOutcome outcome = backups.replicate(plan);

    assertThat(plan.tasks()).extracting(ReplicationTask::reason).containsExactly(Reason.DAMAGED);
    assertThat(outcome.made()).extracting(Made::action).containsExactly(Action.COPIED);
    assertThat(World.entries(backups, RegisterEvent.REPLICATION))
        .extracting(RegisterEntry::outcome)
        .containsExactly("PLANNED", "COPIED");
    assertGood(manifest);
  }

  @Test
  void aCutCopyIsReplacedWithoutAVerificationBefore() {
    Manifest manifest = complete();
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    World.replace(world.nas, manifest.dump().key(), Arrays.copyOf(bytes, 10));

    assertThat(replicate().made()).hasSize(1);
    assertGood(manifest);
  }

  @Test
  void aDamagedCopyStaysWhileNoSourceProvesGood() {
    Manifest manifest = complete();
    byte[] sound = World.read(world.usb, manifest.dump().key());
    byte[] damaged = sound.clone();
    damaged[damaged.length / 2] ^= 1;
    World.replace(world.usb, manifest.dump().key(), damaged);
    backups.verify(manifest.id(), VerificationLevel.STORED);
    ReplicationPlan plan = backups.planReplication();
    World.replace(world.nas, manifest.dump().key(), damaged);

    ReplicationOutcome outcome = backups.replicate(plan);

    assertThat(outcome.made()).isEmpty();
    assertThat(outcome.failed()).hasSize(1);
    assertThat(World.read(world.usb, manifest.dump().key())).isEqualTo(damaged);
    assertThat(entry(manifest).provedCopies()).as("the source was found out").isZero();
    assertThat(backups.planReplication().obstacles())
        .as("nothing to copy from is said")
        .hasSize(2)
        .allSatisfy(obstacle -> assertThat(obstacle.why()).contains("no other storage"));
  }

  @Test
  void aDamagedCopyThatIsProtectedIsLeftAndToldOf() {
    Manifest manifest = complete();
    byte[] bytes = World.read(world.usb, manifest.dump().key());
    World.replace(world.usb, manifest.dump().key(), Arrays.copyOf(bytes, 10));
    world.usb.add(
        key -> key.equals(manifest.dump().key()),
        new Fault.FailFrom(Operation.DELETE, 1, ErrorKind.IMMUTABLE));

    ReplicationOutcome outcome = replicate();

    assertThat(outcome.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.IMMUTABLE);
              assertThat(failed.reason()).contains("damaged", "protection ends");
            });
    assertThat(World.read(world.usb, manifest.dump().key())).hasSize(10);
    assertThat(World.entries(backups, RegisterEvent.REPLICATION))
        .extracting(RegisterEntry::outcome)
        .containsExactly("PLANNED", "REFUSED");
  }

  @Test
  void aManifestThatIsMissingOrAlteredIsWrittenAgain() {
    Manifest manifest = complete();
    world.usb.delete(manifest.key());
    ReplicationPlan missing = backups.planReplication();
    assertThat(missing.tasks())
        .extracting(ReplicationTask::reason)
        .containsExactly(Reason.MANIFEST_MISSING);
    assertThat(backups.replicate(missing).made())
        .extracting(Made::action)
        .containsExactly(Action.COMPLETED);
    assertGood(manifest);

    String text = new String(World.read(world.nas, manifest.key()), StandardCharsets.UTF_8);
    World.replace(
        world.nas,
        manifest.key(),
        text.replace("MANUAL", "SCHEDULED").getBytes(StandardCharsets.UTF_8));
    ReplicationPlan altered = backups.planReplication();
    assertThat(altered.tasks())
        .extracting(ReplicationTask::reason)
        .containsExactly(Reason.MANIFEST_ALTERED);
    assertThat(backups.replicate(altered).made()).hasSize(1);
    assertGood(manifest);
  }

  @Test
  void aSourceFoundDamagedOnTheWayLeavesNothing() {
    Manifest manifest = degraded();
    world.nas.add(key -> key.equals(manifest.dump().key()), new Fault.FlipBit(50));

    ReplicationOutcome outcome = replicate();

    world.nas.heal();
    assertThat(outcome.failed()).hasSize(1);
    assertThat(World.backupKeys(world.usb)).isEmpty();
    assertThat(entry(manifest).copies().get(0).problem()).contains("found by a replication");
  }

  @Test
  void aSourceThatBreaksOffIsReadOn() {
    Manifest manifest = degraded();
    world.nas.add(key -> key.equals(manifest.dump().key()), new Fault.BreakReads(5, 60));

    ReplicationOutcome outcome = replicate();

    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("resumed 5 times"));
    assertGood(manifest);
  }

  @Test
  void aTargetThatFailsMidwayLeavesNothingAndTheNextTimeMakesItGood() {
    Manifest manifest = degraded();
    for (Fault fault :
        List.of(
            new Fault.FailWriteAfter(10, ErrorKind.FULL),
            new Fault.FailFrom(Operation.COMMIT, 2, ErrorKind.IO),
            new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION))) {
      world.usb.add(fault);
      assertThat(replicate().failed()).as("%s", fault).hasSize(1);
      world.usb.heal();
      assertThat(World.backupKeys(world.usb)).as("%s", fault).noneMatch(k -> k.contains(".sql"));
    }
    assertThat(replicate().failed()).isEmpty();
    assertGood(manifest);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsSettledByTheNextRun() {
    Manifest manifest = degraded();
    world.usb.add(key -> key.endsWith(".sql.gz"), new Fault.LoseCommitAnswer());
    assertThat(replicate().failed()).hasSize(1);
    world.usb.heal();

    replicate();

    assertGood(manifest);
  }

  @Test
  void aCopyReadBackWrongIsWithdrawn() {
    Manifest manifest = degraded();
    world.usb.add(key -> key.endsWith(".sql.gz"), new Fault.FlipBit(50));

    assertThat(replicate().failed()).hasSize(1);

    world.usb.heal();
    assertThat(World.backupKeys(world.usb)).isEmpty();
    assertThat(replicate().failed()).isEmpty();
    assertGood(manifest);
  }

  @Test
  void aStorageOutOfReachIsAnObstacleAndAskedOnlyOnce() {
    degraded();
    degraded();
    world.usb.add(new Fault.FailFrom(Operation.LIST, 1, ErrorKind.CONNECTION));
    ReplicationPlan plan = backups.planReplication();
    assertThat(plan.tasks()).isEmpty();
    assertThat(plan.obstacles())
        .singleElement()
        .satisfies(o -> assertThat(o.kind()).isEqualTo(ErrorKind.CONNECTION));

    world.usb.heal();
    plan = backups.planReplication();
    world.usb.add(new Fault.FailFrom(Operation.FIND, 1, ErrorKind.CONNECTION));
    assertThat(backups.replicate(plan).failed()).hasSize(2);
    assertThat(World.entries(backups, RegisterEvent.REPLICATION))
        .filteredOn(e -> e.outcome().equals("FAILED"))
        .hasSize(1);
  }

  @Test
  void whatRetentionWouldDeleteIsNotMadeUp() {
    Manifest old = degraded();
    complete();
    complete();
    ConitrackBackup keepsTwo =
        world.backups(BOTH.toBuilder().retain(Trigger.MANUAL, RetentionRule.last(2)).build());
    assertThat(keepsTwo.planReplication().tasks()).isEmpty();
    assertThat(backups.planReplication().tasks())
        .extracting(ReplicationTask::id)
        .containsExactly(old.id());

    keepsTwo.prune(keepsTwo.planRetention());
    assertThat(backups.planReplication().nothingWanting()).isTrue();
  }

  @Test
  void whatOneStorageKeepsForAShorterTimeDoesNotComeBackThere() {
    Manifest first = complete();
    complete();
    BackupPolicy shorter =
        BOTH.toBuilder()
            .retention(BOTH.retention().with("usb", Trigger.MANUAL, RetentionRule.last(1)))
            .build();
    ConitrackBackup trimming = world.backups(shorter);
    trimming.prune(trimming.planRetention());
    assertThat(World.backupKeys(world.usb)).doesNotContain(first.dump().key());
    assertThat(World.backupKeys(world.nas)).contains(first.dump().key());

    assertThat(trimming.planReplication().nothingWanting()).isTrue();
    assertThat(backups.planReplication().tasks())
        .as("with rules that want it there again")
        .extracting(ReplicationTask::id)
        .containsExactly(first.id());
  }

  @Test
  void aDeletionThatWasInterruptedIsNotUndone() {
    Manifest first = complete();
    complete();
    complete();
    ConitrackBackup keepsTwo =
        world.backups(BOTH.toBuilder().retain(Trigger.MANUAL, RetentionRule.last(2)).build());
    world.nas.add(new Fault.BeforeCommit(() -> {}));
    world.usb.add(
        key -> key.startsWith("register/"), new Fault.FailFrom(Operation.BEGIN, 2, ErrorKind.IO));
    world.nas.add(
        key -> key.startsWith("register/"), new Fault.FailFrom(Operation.BEGIN, 2, ErrorKind.IO));
    world.usb.add(new Fault.FailFrom(Operation.DELETE, 1, ErrorKind.IO));
    assertThatExceptionOfType(BackupException.class)
        .as("dies after the dump went from nas, before the register told the end")
        .isThrownBy(() -> keepsTwo.prune(keepsTwo.planRetention()));
    world.nas.heal();
    world.usb.heal();
    assertThat(entry(first).copies().get(0).present()).isFalse();

    assertThat(backups.planReplication().tasks()).isEmpty();
    backups.hold(first.id(), "an inspection wants it");
    assertThat(backups.planReplication().tasks())
        .extracting(ReplicationTask::id)
        .containsExactly(first.id());
  }

  @Test
  void aStorageAddedLaterGetsEverything() {
    Manifest one = complete();
    Manifest two = complete();
    InMemoryStorage below = new InMemoryStorage("cloud");
    ConitrackBackup three = world.builder().policy(BOTH).storage(new FaultyStorage(below)).build();

    ReplicationOutcome outcome = three.replicate(three.planReplication());

    assertThat(outcome.made()).hasSize(2);
    assertThat(World.backupKeys(below)).isEqualTo(World.backupKeys(world.nas));
    assertThat(three.register().verify(List.of(one, two))).isEmpty();
    ConitrackBackup alone =
        ConitrackBackup.builder()
            .database(world.database)
            .storage(below)
            .policy(World.POLICY)
            .build();
    assertThat(alone.catalogue().problems()).isEmpty();
    assertThat(alone.register().entries()).isEqualTo(three.register().entries());
  }

  @Test
  void onlyTheBackupsNamedAreLookedAt() {
    Manifest one = degraded();
    degraded();

    ReplicationOutcome outcome = backups.replicate(backups.planReplication(List.of(one.id())));

    assertThat(outcome.made()).extracting(Made::backup).containsExactly(one.id());
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> backups.planReplication(List.of(new BackupId("nobody"))))
        .extracting(BackupException::kind)
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void anotherRunAtWorkIsNotDisturbed() {
    degraded();
    ReplicationPlan plan = backups.planReplication();
    try (RunLock.Held held = world.database.lock().acquire("backup by eva", Duration.ZERO)) {
      assertThat(held.isHeld()).isTrue();
      assertThatExceptionOfType(BackupException.class)
          .isThrownBy(() -> backups.replicate(plan))
          .extracting(BackupException::kind)
          .isEqualTo(ErrorKind.LOCKED);
    }
  }

  @Test
  void whatIsGoodMeanwhileIsLeftOut() {
    Manifest manifest = degraded();
    ReplicationPlan plan = backups.planReplication();
    backups.replicate(plan);

    ReplicationOutcome again = backups.replicate(plan);

    assertThat(again.made()).isEmpty();
    assertThat(again.failed()).isEmpty();
    assertThat(again.remarks()).anyMatch(remark -> remark.contains("good meanwhile"));
    assertGood(manifest);
  }

  @Test
  void aCopyMadeUpThatVanishesIsMissedAgain() {
    Manifest manifest = degraded();
    replicate();
    world.usb.delete(manifest.dump().key());
    world.usb.delete(manifest.key());

    assertThat(backups.catalogue().problems())
        .anySatisfy(problem -> assertThat(problem.description()).contains("is missing"));
    assertThat(replicate().made()).hasSize(1);
    assertGood(manifest);
  }
}
