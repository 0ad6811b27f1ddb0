package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import com.conitrack.backup.testsupport.storage.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Storages that let nothing be deleted for a time. */
class ImmutabilityTest {
  private static final Instant START = Instant.parse("2026-01-06T03:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private final World world = new World();
  private final SettableClock clock = new SettableClock(START);
  private final InMemoryStorage s3Below = InMemoryStorage.withObjectLock("s3", clock);
  private final FaultyStorage s3 = new FaultyStorage(s3Below);
  private final InMemoryStorage r2 = InMemoryStorage.withBucketLock("r2", clock, MONTH);

  private final BackupPolicy keepOne =
      World.POLICY.toBuilder().retain(Trigger.MANUAL, RetentionRule.last(1)).build();

  private ConitrackBackup withS3(Immutability immutability) {
    return world
        .builder()
        .storage(s3)
        .clock(clock)
        .policy(keepOne.toBuilder().immutability(immutability).build())
        .build();
  }

  private ConitrackBackup withR2() {
    return world.builder().storage(r2).clock(clock).policy(keepOne).build();
  }

  private BackupId takeDaily(ConitrackBackup backups) {
    clock.advance(Duration.ofDays(1));
    return backups.backup(Trigger.MANUAL).id();
  }

  @Test
  void whatBelongsToABackupIsLockedAndNothingElse() {
    ConitrackBackup backups = withS3(Immutability.required(MONTH, "s3"));
    takeDaily(backups);
    backups.check();

    Instant until = START.plus(Duration.ofDays(31));
    assertThat(World.keys(s3Below)).hasSize(3);
    assertThat(World.keys(s3Below))
        .allSatisfy(
            key ->
                assertThat(s3Below.attributes(key).map(ObjectAttributes::retainUntil))
                    .as(key)
                    .contains(until));
    assertThat(world.nasBelow.attributes("register/0000000001.json"))
        .contains(ObjectAttributes.JSON);
    assertThat(World.manifests(backups).get(0).copies())
        .extracting(CopyRecord::retainUntil)
        .containsExactly(null, null, until);
  }

  @Test
  void pruneKeepsWhatIsLockedAndDeletesItAfterwards() {
    ConitrackBackup backups = withS3(Immutability.wherePossible(MONTH));
    BackupId first = takeDaily(backups);
    takeDaily(backups);

    RetentionDecision decision = backups.planRetention().decision(first).orElseThrow();
    assertThat(decision.deletedFrom()).containsExactly("nas", "usb");
    assertThat(decision.reasons())
        .contains("s3: the storage keeps it locked until 2026-02-06T03:00:00Z");
    PruneOutcome outcome = backups.prune(backups.planRetention());
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.trimmed()).containsOnlyKeys(first);
    assertThat(backups.catalogue().problems()).isEmpty();
    assertThat(backups.catalogue().find(first).orElseThrow().good()).isTrue();
    assertThat(backups.planRetention().deletions()).isEmpty();

    clock.advance(MONTH);
    assertThat(backups.prune(backups.planRetention()).deleted()).containsExactly(first);
    assertThat(backups.catalogue().problems()).isEmpty();
  }

  @Test
  void aLockNobodyKnewOfIsARefusalAndNoSuccess() {
    ConitrackBackup backups = withR2();
    BackupId first = takeDaily(backups);
    takeDaily(backups);

    PruneOutcome outcome = backups.prune(backups.planRetention());

    assertThat(outcome.deleted()).isEmpty();
    assertThat(outcome.trimmed()).containsOnlyKeys(first);
    assertThat(outcome.refused())
        .containsEntry(
            first, "storage 'r2' keeps it locked: it is locked until 2026-02-06T03:00:00Z");
    assertThat(World.entries(backups, RegisterEvent.DELETION))
        .filteredOn(entry -> "r2".equals(entry.storage()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo("REFUSED"));
    assertThat(backups.catalogue().problems()).isEmpty();

    clock.advance(MONTH);
    assertThat(backups.prune(backups.planRetention()).deleted()).containsExactly(first);
  }

  @Test
  void markersThatABucketLocksAreSettledOnceAndGoLater() {
    ConitrackBackup backups = withR2();
    takeDaily(backups);
    clock.advance(Duration.ofDays(1));
    BackupOutcome second = backups.backup(Trigger.MANUAL);

    assertThat(second).isInstanceOf(BackupOutcome.Complete.class);
    assertThat(second.remarks()).isEmpty();
    assertThat(r2.list("pending/")).hasSize(2);

    clock.advance(MONTH);
    backups.backup(Trigger.MANUAL);
    assertThat(r2.list("pending/")).hasSize(1);
  }

  @Test
  void whatADiedRunLeftLockedIsToldOfAndRemovedOnceItCan() {
    ConitrackBackup backups = withS3(Immutability.required(MONTH, "s3"));
    List<FaultyStorage> all = List.of(world.nas, world.usb, s3);
    all.forEach(storage -> storage.add(new Fault.FailNth(Operation.COMMIT, 3, ErrorKind.IO)));
    BackupOutcome died = backups.backup(Trigger.MANUAL);
    assertThat(died).isInstanceOf(BackupOutcome.Failed.class);
    all.forEach(FaultyStorage::heal);
    String left = died.id() + ".sql.gz";

    clock.advance(Duration.ofDays(1));
    BackupOutcome next = backups.backup(Trigger.MANUAL);
    assertThat(next).isInstanceOf(BackupOutcome.Complete.class);
    assertThat(next.remarks())
        .contains(
            "s3: '"
                + left
                + "', left by a run that had died, stays: it is locked until 2026-02-05T03:00:00Z");
    assertThat(world.nasBelow.find(left)).isEmpty();

    clock.advance(MONTH);
    backups.backup(Trigger.MANUAL);
    assertThat(s3Below.find(left)).isEmpty();
    assertThat(s3Below.list("pending/")).isEmpty();
  }
}
