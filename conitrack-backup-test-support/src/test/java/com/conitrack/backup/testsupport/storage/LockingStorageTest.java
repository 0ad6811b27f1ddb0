package com.conitrack.backup.testsupport.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.usecase.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Storages in memory that refuse deletion for a time. */
class LockingStorageTest extends BackupStorageContract {
  private static final Instant START = Instant.parse("2026-01-06T03:00:00Z");

  private final InMemoryStorage memory =
      InMemoryStorage.withObjectLock("memory", Clock.systemUTC());
  private final SettableClock clock = new SettableClock(START);

  @Override
  protected BackupStorage emptyStorage() {
    return memory;
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return memory;
  }

  @Test
  void aLockOfAnObjectEndsByTheClock() {
    InMemoryStorage locking = InMemoryStorage.withObjectLock("locking", clock);
    try (Upload upload =
        locking.begin("a", StorageTools.PLAIN.retainedUntil(START.plusSeconds(60)))) {
      upload.commit();
    }

    clock.advance(Duration.ofSeconds(59));
    assertLocked(locking, "it is locked until 2026-01-06T03:01:00Z");
    clock.advance(Duration.ofSeconds(1));
    assertThat(locking.delete("a")).isTrue();
    assertThat(locking.delete("a")).isFalse();
  }

  @Test
  void aLockOfTheBucketHoldsEveryObjectWhateverIsSaidOfIt() {
    InMemoryStorage locked = InMemoryStorage.withBucketLock("locked", clock, Duration.ofDays(1));
    StorageTools.put(locked, "a", StorageTools.bytes(3));

    clock.advance(Duration.ofHours(23));
    assertLocked(locked, "it is locked until 2026-01-07T03:00:00Z");
    clock.advance(Duration.ofHours(1));
    assertThat(locked.delete("a")).isTrue();
  }

  private static void assertLocked(BackupStorage storage, String why) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.delete("a"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.IMMUTABLE))
        .withMessageContaining(why);
    assertThat(storage.find("a")).isPresent();
  }
}
