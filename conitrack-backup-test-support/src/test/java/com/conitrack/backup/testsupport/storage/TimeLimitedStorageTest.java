package com.conitrack.backup.testsupport.storage;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.core.setup.TimeLimitedStorage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TimeLimitedStorageTest extends BackupStorageContract {
  private final InMemoryStorage below = new InMemoryStorage("memory");
  private final BackupStorage storage = new TimeLimitedStorage(below, Duration.ofMinutes(1));

  @Override
  protected BackupStorage emptyStorage() {
    return storage;
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return storage;
  }

  @Test
  void aStorageThatHangsFailsAndThenFailsAtOnceUntilItAnswers() {
    CountDownLatch answer = new CountDownLatch(1);
    FaultyStorage hanging =
        new FaultyStorage(below).add(new Fault.BeforeCommit(() -> awaitDeafly(answer)));
    BackupStorage limited = new TimeLimitedStorage(hanging, Duration.ofMillis(200));

    try (Upload upload = limited.begin("a", ObjectAttributes.JSON)) {
      assertTimesOut(upload::commit);
      assertTimesOut(() -> limited.find("b"));
      answer.countDown();
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> limited.find("b").isEmpty());
  }

  /** As a thread waits for a network file system: no interrupt reaches it. */
  private static void awaitDeafly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // Deaf.
      }
    }
  }

  private static void assertTimesOut(Runnable call) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(call::run)
        .extracting(StorageException::kind)
        .isEqualTo(ErrorKind.TIMEOUT);
  }
}
