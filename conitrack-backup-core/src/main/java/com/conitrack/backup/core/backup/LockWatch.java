package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.port.RunLock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks every few seconds whether a lock is still held, and interrupts the thread that works under
 * it once it is not: a backup that nobody keeps others away from any more ends at once, not after
 * hours. The interrupt is taken back when the watch ends.
 */
final class LockWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final RunLock.Held lock;
  private final Thread worker = Thread.currentThread();
  private boolean ended;
  private boolean lost;

  private LockWatch(RunLock.Held lock) {
    this.lock = lock;
  }

  /** Watches over {@code lock} on behalf of the calling thread. */
  static LockWatch start(RunLock.Held lock) {
    LockWatch watch = new LockWatch(lock);
    Thread watcher = new Thread(watch::watch, "conitrack-backup watch of the lock");
    watcher.setDaemon(true);
    watcher.start();
    return watch;
  }

  /** Whether the lock was found lost, and the work interrupted for it. */
  synchronized boolean lost() {
    return lost;
  }

  /** Ends the watch; called by the thread that started it. */
  @Override
  public synchronized void close() {
    ended = true;
    notifyAll();
    if (lost) {
      Thread.interrupted();
    }
  }

  private void watch() {
    try {
      while (pause()) {
        if (!lock.isHeld()) {
          stop();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is time to ask again; false when the watch has ended. */
  private synchronized boolean pause() throws InterruptedException {
    long deadline = System.nanoTime() + INTERVAL.toNanos();
    for (long left = INTERVAL.toNanos(); !ended && left > 0; left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !ended;
  }

  private synchronized void stop() {
    if (!ended) {
      lost = true;
      worker.interrupt();
    }
  }
}
