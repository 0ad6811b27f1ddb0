package com.conitrack.backup.testsupport.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.setup.ReadPatience;
import com.conitrack.backup.core.setup.ResumingStorage;
import com.conitrack.backup.core.setup.Resumption;
import com.conitrack.backup.core.setup.TimeLimitedStorage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResumingStorageTest extends BackupStorageContract {
  private final InMemoryStorage below = new InMemoryStorage("memory");
  private final FaultyStorage faulty = new FaultyStorage(below);
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Resumption> told = new ArrayList<>();
  private final BackupStorage storage =
      ResumingStorage.telling(
          new ResumingStorage(
              faulty,
              new ReadPatience(4, Duration.ofSeconds(1), Duration.ofSeconds(5), pauses::add)),
          told::add);
  private final byte[] bytes = new byte[1000];

  @Override
  protected BackupStorage emptyStorage() {
    return storage;
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return storage;
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(below.openHandles()).isEmpty();
  }

  private void put() {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    SmallObjects.put(faulty, "k", bytes, ObjectAttributes.JSON);
  }

  @Test
  void whatBreaksOffGoesOnAtTheByteReached() {
    put();
    faulty.add(new Fault.BreakReads(9, 100));

    assertThat(SmallObjects.get(storage, "k")).isEqualTo(bytes);

    assertThat(told)
        .extracting(Resumption::at)
        .containsExactly(100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L);
    assertThat(pauses).as("progress starts patience anew").containsOnly(Duration.ofSeconds(1));
  }

  @Test
  void withoutProgressItGivesUpAfterGrowingPauses() {
    put();
    faulty.add(new Fault.FailReadAfter(100));

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> SmallObjects.get(storage, "k"))
        .withMessageContaining("broke off at byte 100")
        .withMessageContaining("4 attempts");
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5));
  }

  @Test
  void aStorageThatCannotBeReachedForAWhileIsWaitedFor() {
    put();
    faulty.add(new Fault.BreakReads(1, 10));
    for (int failures = 0; failures < 3; failures++) {
      faulty.add(new Fault.FailNth(Operation.OPEN, 2, ErrorKind.CONNECTION));
    }

    assertThat(SmallObjects.get(storage, "k")).isEqualTo(bytes);

    assertThat(told).hasSize(1);
    assertThat(pauses).hasSize(4);
  }

  @Test
  void whatCannotPassIsNotWaitedFor() throws IOException {
    put();
    for (ErrorKind kind : List.of(ErrorKind.DAMAGED, ErrorKind.NOT_FOUND, ErrorKind.PERMISSION)) {
      faulty.heal();
      pauses.clear();
      try (InputStream stream = storage.open("k")) {
        faulty.add(new Fault.FailFrom(Operation.OPEN, 1, kind));
        assertThat(stream.read()).isEqualTo(0);
      }
      faulty.heal();
      faulty.add(new Fault.BreakReads(1, 10));
      faulty.add(new Fault.FailNth(Operation.OPEN, 2, kind));

      assertThatExceptionOfType(StorageException.class)
          .as("%s", kind)
          .isThrownBy(() -> SmallObjects.get(storage, "k"));
      assertThat(pauses).as("%s", kind).hasSize(1);
    }
  }

  @Test
  void whatCannotBeOpenedFailsAtOnce() {
    put();
    faulty.add(new Fault.FailFrom(Operation.OPEN, 1, ErrorKind.CONNECTION));

    assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.open("k"));
    assertThat(pauses).isEmpty();
  }

  @Test
  void anObjectThatShrankMeanwhileIsDamaged() throws IOException {
    put();
    faulty.add(new Fault.BreakReads(1, 100));
    try (InputStream stream = storage.open("k")) {
      stream.readNBytes(100);
      below.delete("k");
      SmallObjects.put(below, "k", new byte[3], ObjectAttributes.JSON);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(stream::read)
          .havingCause()
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DAMAGED));
    }
  }

  @Test
  void anInterruptedReaderDoesNotWait() throws IOException {
    put();
    faulty.add(new Fault.BreakReads(1, 100));
    try (InputStream stream = storage.open("k")) {
      stream.readNBytes(100);
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void aStorageThatHangsIsGivenTimeToAnswerAgain() throws Exception {
    put();
    Gate gate = new Gate();
    faulty.add(new Fault.BreakReads(1, 100));
    BackupStorage limited = new TimeLimitedStorage(faulty, Duration.ofMillis(500));
    BackupStorage patient =
        new ResumingStorage(
            limited,
            new ReadPatience(
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                pause -> {
                  pauses.add(pause);
                  if (pauses.size() == 3) {
                    gate.open();
                    faulty.heal();
                    await()
                        .atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .until(() -> limited.find("k").isPresent());
                  }
                }));
    try (InputStream stream = patient.open("k")) {
      assertThat(stream.readNBytes(100)).hasSize(100);
      faulty.add(new Fault.Stall(Operation.OPEN, gate));
      assertThat(stream.readAllBytes()).hasSize(900);
    }
    assertThat(pauses).hasSize(3);
  }

  @Test
  void aSmallObjectOnTheShortWayIsReadOnToo() {
    put();
    BackupStorage patient =
        new ResumingStorage(
            new TimeLimitedStorage(faulty, Duration.ofMinutes(1)),
            new ReadPatience(4, Duration.ofSeconds(1), Duration.ofSeconds(5), pauses::add));
    faulty.add(new Fault.BreakReads(3, 100));

    assertThat(SmallObjects.get(patient, "k")).isEqualTo(bytes);
    assertThat(pauses).as("the first one broke the short way").hasSize(2);
  }
}
