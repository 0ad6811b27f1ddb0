package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.check.CheckItem;
import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.check.PropertyFinding;
import com.conitrack.backup.core.check.PropertyFinding.Result;
import com.conitrack.backup.core.check.StorageProperty;
import com.conitrack.backup.core.check.StorageQualification;
import com.conitrack.backup.core.check.StorageQualifier;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import com.conitrack.backup.testsupport.storage.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Storages put to the test: good ones pass, and every broken promise is found. */
class QualificationTest {
  private static final long SIZE = (2L << 20) + 1;
  private static final Immutability REQUIRED = Immutability.required(Duration.ofDays(30), "s3");

  private final World world = new World();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-06T03:00:00Z"));

  private StorageQualification qualify(BackupStorage storage, Immutability immutability) {
    return new StorageQualifier(storage, clock, immutability, SIZE).qualify();
  }

  @Test
  void aGoodStorageProvesEverythingAndIsLeftClean() {
    InMemoryStorage storage = new InMemoryStorage("s3", clock);

    StorageQualification result = qualify(storage, Immutability.NONE);

    assertThat(result.passed()).isTrue();
    assertThat(result.findings())
        .extracting(PropertyFinding::property)
        .containsExactly(StorageProperty.values());
    assertThat(result.findings())
        .filteredOn(finding -> finding.result() != Result.PROVED)
        .extracting(PropertyFinding::property)
        .containsExactly(StorageProperty.LOCK);
    assertThat(World.keys(storage)).isEmpty();
    assertThat(storage.openHandles()).isEmpty();
    assertThat(result.left()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badStorages")
  void everyBrokenPromiseIsFound(
      String name, UnaryOperator<BackupStorage> bad, StorageProperty... broken) {
    BackupStorage storage = bad.apply(new InMemoryStorage("s3", clock));

    StorageQualification result = qualify(storage, Immutability.NONE);

    assertThat(result.passed()).isFalse();
    assertThat(result.findings())
        .filteredOn(finding -> finding.result() == Result.FAILED)
        .extracting(PropertyFinding::property)
        .contains(broken);
    assertThat(result.findings())
        .filteredOn(finding -> finding.result() == Result.FAILED)
        .allSatisfy(finding -> assertThat(finding.detail()).isNotBlank());
  }

  static Stream<Arguments> badStorages() {
    return Stream.of(
        bad(
            BadStorage.Overwriting::new,
            StorageProperty.CREATE_ONLY,
            StorageProperty.ATOMIC_CREATE),
        bad(BadStorage.ListingLate::new, StorageProperty.LIST_AFTER_WRITE),
        bad(
            BadStorage.Truncating::new,
            StorageProperty.READ_AFTER_WRITE,
            StorageProperty.LARGE_UPLOAD),
        bad(BadStorage.IgnoringRange::new, StorageProperty.RANGED_READ),
        bad(BadStorage.LosingAbort::new, StorageProperty.ABORT),
        bad(BadStorage.ShowingEarly::new, StorageProperty.INVISIBLE_UNTIL_COMMIT),
        bad(BadStorage.RefusingDelete::new, StorageProperty.DELETE),
        bad(BadStorage.PretendingDelete::new, StorageProperty.DELETE),
        bad(BadStorage.Skewed::new, StorageProperty.CLOCK),
        bad(BadStorage.ClaimingLocks::new, StorageProperty.LOCK));
  }

  private static Arguments bad(UnaryOperator<BackupStorage> storage, StorageProperty... broken) {
    return Arguments.of(Arrays.toString(broken), storage, broken);
  }

  @Test
  void whatCannotBeDeletedIsTold() {
    InMemoryStorage below = new InMemoryStorage("s3", clock);

    StorageQualification result = qualify(new BadStorage.RefusingDelete(below), Immutability.NONE);

    assertThat(result.left()).hasSameSizeAs(World.keys(below)).allMatch(l -> l.endsWith("jammed"));
  }

  @Test
  void aStorageThatIsDownFailsEverythingAndThrowsNothing() {
    FaultyStorage down = new FaultyStorage(new InMemoryStorage("s3", clock));
    for (Operation operation : Operation.values()) {
      down.add(new Fault.FailFrom(operation, 1, ErrorKind.CONNECTION));
    }

    assertThat(qualify(down, Immutability.NONE).findings())
        .allMatch(finding -> finding.result() == Result.FAILED);
  }

  @Test
  void aLockPerObjectIsProvedAndItsObjectRemovedByALaterTest() {
    InMemoryStorage storage = InMemoryStorage.withObjectLock("s3", clock);

    StorageQualification first = qualify(storage, REQUIRED);
    assertThat(result(first, StorageProperty.LOCK)).isEqualTo(Result.PROVED);
    assertThat(first.passed()).isTrue();
    assertThat(first.left()).singleElement().asString().contains("-lock': it is locked until ");
    List<String> left = World.keys(storage);
    assertThat(left).hasSize(1);

    clock.advance(Duration.ofMinutes(30));
    assertThat(qualify(storage, REQUIRED).removed()).isEmpty();
    clock.advance(Duration.ofMinutes(31));
    assertThat(qualify(storage, REQUIRED).removed()).containsExactlyElementsOf(left);
  }

  @Test
  void aLockOfTheBucketIsProvedByTheFirstRefusal() {
    InMemoryStorage storage = InMemoryStorage.withBucketLock("s3", clock, Duration.ofDays(30));

    StorageQualification result = qualify(storage, REQUIRED);

    assertThat(result.passed()).isTrue();
    assertThat(result(result, StorageProperty.LOCK)).isEqualTo(Result.PROVED);
    assertThat(result(result, StorageProperty.DELETE)).isEqualTo(Result.ABSENT);
    assertThat(result.left()).hasSameSizeAs(World.keys(storage));
  }

  @Test
  void aLockThatThePolicyRequiresAndNobodySetIsAFailure() {
    StorageQualification result = qualify(new InMemoryStorage("s3", clock), REQUIRED);

    assertThat(result(result, StorageProperty.LOCK)).isEqualTo(Result.FAILED);
    assertThat(result.finding(StorageProperty.LOCK).orElseThrow().hint()).contains("lock");
  }

  @Test
  void theResultIsEvidenceInEveryRegister() {
    ConitrackBackup backups = world.backups();

    StorageQualification result = backups.qualify("nas", SIZE);

    RegisterEntry entry =
        World.entries(backups, RegisterEvent.QUALIFICATION).stream().findFirst().orElseThrow();
    assertThat(entry.outcome()).isEqualTo("PASSED");
    assertThat(entry.storage()).isEqualTo("nas");
    assertThat(entry.actor().software()).startsWith("conitrack-backup");
    assertThat(entry.details())
        .containsEntry("location", "memory")
        .containsEntry(
            "property.create-only",
            "PROVED: " + result.finding(StorageProperty.CREATE_ONLY).orElseThrow().detail());
    assertThat(World.keys(world.usbBelow)).containsExactly("register/0000000001.json");
    assertThat(World.keys(world.nasBelow)).containsExactly("register/0000000001.json");
  }

  @Test
  void aFailedTestIsEvidenceToo() {
    world.nas.add(new Fault.FailFrom(Operation.DELETE, 1, ErrorKind.IO));
    ConitrackBackup backups = world.backups();

    assertThat(backups.qualify("nas", SIZE).passed()).isFalse();
    assertThat(World.entries(backups, RegisterEvent.QUALIFICATION))
        .extracting(RegisterEntry::outcome)
        .containsExactly("FAILED");
  }

  @Test
  void aStorageNobodyKnowsIsNotFound() {
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> world.backups().qualify("r2"))
        .withMessageContaining("name one of: nas, usb")
        .extracting(BackupException::kind)
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void checkWarnsUntilTheLockWasProvedAndWhenThatIsLongAgo() {
    BackupPolicy policy = World.POLICY.toBuilder().immutability(REQUIRED).build();
    ConitrackBackup backups =
        world
            .builder()
            .storage(InMemoryStorage.withObjectLock("s3", clock))
            .policy(policy)
            .clock(clock)
            .build();

    assertThat(lockItem(backups).status()).isEqualTo(Status.WARNING);
    assertThat(lockItem(backups).fix()).isEqualTo("conitrack-backup check storage s3");
    backups.qualify("s3", SIZE);
    assertThat(lockItem(backups).status()).isEqualTo(Status.OK);
    clock.advance(Duration.ofDays(93));
    assertThat(lockItem(backups).status()).isEqualTo(Status.WARNING);
  }

  @Test
  void checkFailsWhenTheRequiredLockIsNotThere() {
    BackupPolicy policy =
        World.POLICY.toBuilder()
            .immutability(Immutability.required(Duration.ofDays(30), "nas"))
            .build();
    ConitrackBackup backups = world.backups(policy);
    backups.qualify("nas", SIZE);

    assertThat(backups.check().items())
        .filteredOn(item -> item.subject().equals("immutability of nas"))
        .singleElement()
        .satisfies(item -> assertThat(item.status()).isEqualTo(Status.FAILED));
  }

  @Test
  void theQuickCheckAcceptsAStorageThatRefusesToDelete() {
    InMemoryStorage locked = InMemoryStorage.withBucketLock("s3", clock, Duration.ofDays(1));
    ConitrackBackup backups = world.builder().storage(locked).clock(clock).build();

    assertThat(backups.check().items())
        .filteredOn(item -> item.subject().equals("storage s3"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.status()).isEqualTo(Status.OK);
              assertThat(item.detail()).contains("deletion is refused for a time");
            });
    clock.advance(Duration.ofDays(2));
    backups.check();
    assertThat(locked.list("check/")).hasSize(4);
  }

  private static CheckItem lockItem(ConitrackBackup backups) {
    return backups.check().items().stream()
        .filter(item -> item.subject().equals("immutability of s3"))
        .findFirst()
        .orElseThrow();
  }

  private static Result result(StorageQualification result, StorageProperty property) {
    return result.finding(property).orElseThrow().result();
  }
}
