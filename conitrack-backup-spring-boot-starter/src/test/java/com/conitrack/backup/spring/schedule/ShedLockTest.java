package com.conitrack.backup.spring.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.spring.schedule.ShedLock.Timing;
import com.conitrack.backup.testsupport.database.RunLockContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShedLockTest {
  private static final Timing QUICK =
      new Timing(Duration.ofMinutes(1), Duration.ofMillis(10), Duration.ofMillis(5));

  /** Long enough for a provider that is slow on a busy machine, and does not hang. */
  private static final Timing BRIEF =
      new Timing(Duration.ofSeconds(1), Duration.ofMillis(10), QUICK.pause());

  private final Shed shed = new Shed();

  private ShedLock lock() {
    return lock(shed.provider(), QUICK, Clock.systemUTC());
  }

  private static ShedLock lock(LockProvider provider, Timing timing, Clock clock) {
    return new ShedLock(provider, () -> "conitrack-backup stock", timing, clock);
  }

  @Nested
  class Contract extends RunLockContract {
    @Override
    protected RunLock freeLock() {
      return lock();
    }

    @Override
    protected RunLock sameLockAgain() {
      return lock();
    }

    @Override
    protected boolean namesTheHolder() {
      return false;
    }
  }

  @Test
  void isLostOnceItCannotBeExtendedAndNotGivenBackThen() {
    try (RunLock.Held held = lock().acquire("ana", Duration.ZERO)) {
      shed.free();
      await().atMost(Duration.ofMinutes(1)).until(() -> !held.isHeld());
    }
    assertThat(shed.unlocks()).isZero();
  }

  @Test
  void isExtendedBeyondItsFirstLease() {
    Instant first = Instant.now().plus(QUICK.lease());
    try (RunLock.Held held = lock().acquire("ana", Duration.ZERO)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> shed.rows().get("conitrack-backup stock").isAfter(first.plusMillis(50)));
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(shed.unlocks()).isEqualTo(1);
  }

  @Test
  void outlivesAnInterruptionOfItsStorageShorterThanTheLease() throws Exception {
    try (RunLock.Held held = lock().acquire("ana", Duration.ZERO)) {
      shed.outOfReach(true);
      assertThat(held.isHeld()).isTrue();
      shed.outOfReach(false);
      Instant then = Instant.now().plus(QUICK.lease());
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> shed.rows().get("conitrack-backup stock").isAfter(then));
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void isLostAfterTheLeaseWithoutAnAnswer() {
    try (RunLock.Held held =
        lock(shed.provider(), BRIEF, Clock.systemUTC()).acquire("ana", Duration.ZERO)) {
      shed.outOfReach(true);
      await().atMost(Duration.ofMinutes(1)).until(() -> !held.isHeld());
      shed.outOfReach(false);
    }
    assertThat(shed.unlocks()).isZero();
  }

  @Test
  void isLostAtOnceAfterASuspensionLongerThanTheLease() {
    SettableClock clock = new SettableClock();
    Timing still = new Timing(QUICK.lease(), Duration.ofHours(1), QUICK.pause());
    try (RunLock.Held held = lock(shed.provider(), still, clock).acquire("ana", Duration.ZERO)) {
      assertThat(held.isHeld()).isTrue();
      clock.now = clock.now.plus(QUICK.lease());
      assertThat(held.isHeld()).isFalse();
    }
    assertThat(shed.unlocks()).isZero();
  }

  /** As of a process that stands still between its look at the lease and its question for more. */
  @Test
  void isLostIfTheLeaseWasOverWhenAnExtensionWasAnswered() {
    SettableClock clock = new SettableClock();
    try (RunLock.Held held = lock(shed.provider(), QUICK, clock).acquire("ana", Duration.ZERO)) {
      shed.outOfReach(true);
      clock.now = clock.now.plusSeconds(40);
      shed.beforeNextExtension(() -> clock.now = clock.now.plusSeconds(30));
      shed.outOfReach(false);
      await().atMost(Duration.ofMinutes(1)).until(() -> !held.isHeld());
    }
    assertThat(shed.unlocks()).isZero();
  }

  @Test
  void isGivenBackAlthoughTheWorkerWasInterrupted() {
    RunLock.Held held = lock().acquire("ana", Duration.ZERO);
    Thread.currentThread().interrupt();
    held.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(shed.unlocks()).isEqualTo(1);
  }

  @Test
  void tellsThatTheStorageOfLocksIsOutOfReach() {
    shed.outOfReach(true);
    assertThatThrownBy(() -> lock().acquire("ana", Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONNECTION))
        .hasMessageContaining("out of reach")
        .hasMessageContaining("conitrack.backup.schedule.lock=database");
  }

  /** As of a row that a process keeps locked which was stopped before its commit. */
  @Test
  void tellsOfAProviderThatHangsAndAsksItNoMoreUntilItAnswers() {
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger questions = new AtomicInteger();
    LockProvider hanging =
        wanted -> {
          if (questions.incrementAndGet() > 1) {
            awaitOpen(answers);
          }
          return shed.provider().lock(wanted);
        };
    ShedLock lock = lock(hanging, BRIEF, Clock.systemUTC());
    assertThat(takes(lock)).isTrue();
    int unlocks = shed.unlocks();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> lock.acquire("ana", Duration.ZERO))
          .isInstanceOfSatisfying(
              BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONNECTION))
          .hasMessageContaining("hangs")
          .hasMessageContaining("idle_in_transaction_session_timeout");
    }
    assertThat(questions).hasValue(2);

    answers.countDown();
    await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> takes(lock));
    assertThat(shed.unlocks()).isEqualTo(unlocks + 1);
  }

  @Test
  void givesBackWhatItIsGivenAfterAnInterrupt() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    LockProvider slow =
        wanted -> {
          if (first.getAndSet(false)) {
            return Optional.empty();
          }
          asked.countDown();
          awaitOpen(answers);
          return shed.provider().lock(wanted);
        };
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () ->
                told.complete(
                    catchThrowable(
                        () ->
                            lock(slow, QUICK, Clock.systemUTC())
                                .acquire("ana", Duration.ofMinutes(1)))));
    worker.start();
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    worker.interrupt();

    assertThat(told.get(1, TimeUnit.MINUTES))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    answers.countDown();
    await().atMost(Duration.ofMinutes(1)).until(() -> shed.unlocks() == 1);
  }

  private static boolean takes(RunLock lock) {
    try (RunLock.Held held = lock.acquire("ana", Duration.ZERO)) {
      return held.isHeld();
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesAProviderWhoseLocksCannotBeExtended() {
    int[] unlocked = {0};
    LockProvider fixed = configuration -> Optional.of(() -> unlocked[0]++);
    assertThatThrownBy(() -> lock(fixed, QUICK, Clock.systemUTC()).acquire("ana", Duration.ZERO))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("cannot extend locks");
    assertThat(unlocked[0]).isEqualTo(1);
  }

  @Test
  void givesNamesThatFitAndDiffer() {
    assertThat(ShedLock.nameFor("stock")).isEqualTo("conitrack-backup stock");
    String common = "x".repeat(62);
    assertThat(ShedLock.nameFor(common + "a"))
        .hasSize(64)
        .isNotEqualTo(ShedLock.nameFor(common + "b"));
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
