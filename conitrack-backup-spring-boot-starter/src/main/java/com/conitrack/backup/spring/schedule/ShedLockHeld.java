package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ShedLock held. A thread of its own extends it and gives it back, because neither may be
 * disturbed by an interrupt of the worker, nor may a storage that hangs keep the worker from
 * finding its lease over. A lease that is over is never extended nor given back: the lock may be
 * another's by then, and ShedLock would not tell the difference between holders on one host.
 */
final class ShedLockHeld implements RunLock.Held {
  private static final Logger LOG = LoggerFactory.getLogger(ShedLockHeld.class);
  private static final Duration LONGEST_RELEASE = Duration.ofSeconds(5);

  private final String name;
  private final ShedLock.Timing timing;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread heart;
  private SimpleLock lock;
  private volatile Lease lease;
  private volatile boolean lost;

  ShedLockHeld(String name, SimpleLock lock, Lease lease, ShedLock.Timing timing, Clock clock) {
    this.name = name;
    this.lock = lock;
    this.lease = lease;
    this.timing = timing;
    this.clock = clock;
    this.heart = new Thread(this::beat, "conitrack-backup heartbeat of " + name);
    heart.setDaemon(true);
  }

  /**
   * Extends it for the first time, to find out whether that can be done, and begins to do so
   * regularly.
   */
  void begin() {
    try {
      extend();
    } catch (UnsupportedOperationException e) {
      lock.unlock();
      throw new BackupException(
          ErrorKind.CONFIGURATION,
          "unable to keep the ShedLock '" + name + "'",
          "the application's LockProvider cannot extend locks, and a backup may take longer than"
              + " any time fixed beforehand",
          "use a provider that can, such as those for JDBC or Redis, or set"
              + " conitrack.backup.schedule.lock=database",
          e);
    }
    heart.start();
  }

  @Override
  public boolean isHeld() {
    return !lost && closed.getCount() > 0 && lease.lasts(clock);
  }

  private void beat() {
    try {
      while (!closed.await(timing.heartbeat().toNanos(), TimeUnit.NANOSECONDS)) {
        if (!isHeld()) {
          LOG.warn("the ShedLock '{}' is lost", name);
          lost = true;
          return;
        }
        tryToExtend();
      }
      release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was not answered may have happened or not; the lease that we know of goes on. */
  private void tryToExtend() {
    try {
      extend();
    } catch (RuntimeException e) {
      LOG.warn(
          "the ShedLock '{}' could not be extended and ends at {}: {}",
          name,
          lease.until(),
          e.toString());
    }
  }

  /**
   * Extends it once. An answer that comes when the lease is over is worth nothing: we may have
   * stood still before the question went out, and what was extended then is another's lock.
   */
  private void extend() {
    Lease next = Lease.from(clock, timing.lease());
    Optional<SimpleLock> extended = lock.extend(timing.lease(), Duration.ZERO);
    if (extended.isPresent() && lease.lasts(clock)) {
      lock = extended.get();
      lease = next;
    } else {
      lost = true;
    }
  }

  private void release() {
    if (lost || !lease.lasts(clock)) {
      return;
    }
    try {
      lock.unlock();
    } catch (RuntimeException e) {
      LOG.warn(
          "the ShedLock '{}' could not be given back and ends at {}: {}",
          name,
          lease.until(),
          e.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    long deadline = System.nanoTime() + LONGEST_RELEASE.toNanos();
    for (long left = deadline - System.nanoTime();
        heart.isAlive() && left > 0;
        left = deadline - System.nanoTime()) {
      try {
        heart.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
