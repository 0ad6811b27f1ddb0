package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.RunLock.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link RunLock}. */
public abstract class RunLockContract {
  private static final int RUNNERS = 16;
  private static final String ANA = "backup by ana on db-host, pid 4711";
  private static final Duration LONG = Duration.ofMinutes(2);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RunLock lock;
  private RunLock sameLock;

  /** A lock that nobody holds. Called once before each check. */
  protected abstract RunLock freeLock() throws Exception;

  /**
   * The same lock as another process would have it; for one that is of this process only, the same
   * instance. Called after {@link #freeLock()}.
   */
  protected abstract RunLock sameLockAgain() throws Exception;

  /** Whether who is refused is told the holder; false for locks that keep nothing about it. */
  protected boolean namesTheHolder() {
    return true;
  }

  @BeforeEach
  final void makeLocks() throws Exception {
    lock = freeLock();
    sameLock = sameLockAgain();
  }

  @AfterEach
  final void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  final void aSecondRunnerIsRefusedAtOnceAndToldWhoHoldsIt() {
    try (Held held = lock.acquire(ANA, Duration.ZERO)) {
      assertRefused(lock, Duration.ZERO);
      assertRefused(sameLock, Duration.ZERO);
      assertRefused(sameLock, Duration.ofMillis(1));
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  final void itIsFreeAfterClose() {
    Held first = lock.acquire(ANA, Duration.ZERO);
    first.close();
    assertThat(first.isHeld()).isFalse();
    try (Held second = sameLock.acquire("another", Duration.ZERO)) {
      assertThat(second.isHeld()).isTrue();
      assertThat(first.isHeld()).isFalse();
    }
  }

  @Test
  final void closingTwiceFreesNoOtherRunnersLock() {
    Held first = lock.acquire(ANA, Duration.ZERO);
    first.close();
    try (Held second = sameLock.acquire("another", Duration.ZERO)) {
      first.close();
      assertThat(second.isHeld()).isTrue();
      assertThatThrownBy(() -> lock.acquire("third", Duration.ZERO))
          .hasMessageContaining(namesTheHolder() ? "another" : "unable to take");
    }
  }

  @Test
  final void itIsNotReentrant() {
    try (Held held = lock.acquire(ANA, Duration.ZERO)) {
      assertRefused(lock, Duration.ZERO);
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  final void whoWaitsGetsItWhenItIsFreed() throws Exception {
    Held first = lock.acquire(ANA, Duration.ZERO);
    Future<Boolean> waiting = threads.submit(() -> holdOnce(sameLock));
    assertThat(waiting.isDone()).isFalse();
    first.close();
    assertThat(waiting.get()).isTrue();
  }

  @Test
  final void anInterruptedWaiterIsToldSo() throws Exception {
    try (Held held = lock.acquire(ANA, Duration.ZERO)) {
      Future<Throwable> waiting =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                return catchThrowable(() -> sameLock.acquire("impatient", LONG));
              });
      assertThat(waiting.get())
          .isInstanceOfSatisfying(
              BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  final void ofSixteenRunnersOneAtATimeHasIt() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> runners = new ArrayList<>();
    for (int i = 0; i < RUNNERS; i++) {
      RunLock mine = i % 2 == 0 ? lock : sameLock;
      String name = "runner " + i;
      runners.add(threads.submit(() -> enter(mine, name, start, inside, most)));
    }
    start.countDown();
    for (Future<?> runner : runners) {
      runner.get();
    }
    assertThat(most).hasValue(1);
  }

  private static Void enter(
      RunLock lock, String name, CountDownLatch start, AtomicInteger inside, AtomicInteger most)
      throws InterruptedException {
    start.await();
    try (Held held = lock.acquire(name, LONG)) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      assertThat(held.isHeld()).isTrue();
      inside.decrementAndGet();
    }
    return null;
  }

  private static boolean holdOnce(RunLock lock) {
    try (Held held = lock.acquire("waiter", LONG)) {
      return held.isHeld();
    }
  }

  private void assertRefused(RunLock lock, Duration wait) {
    assertThatThrownBy(() -> lock.acquire("second", wait))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED))
        .hasMessageContaining(namesTheHolder() ? "ana" : "unable to take");
  }
}
