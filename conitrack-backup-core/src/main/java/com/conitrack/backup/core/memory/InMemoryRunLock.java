package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps runners of one process apart that share the instance. Safe for use by many threads. */
public final class InMemoryRunLock implements RunLock {
  private final ReentrantLock guard = new ReentrantLock();
  private final Condition freed = guard.newCondition();
  private @Nullable Holding current;

  @Override
  public Held acquire(String holder, Duration wait) {
    guard.lock();
    try {
      awaitFree(wait);
      Holding taken = new Holding(holder);
      current = taken;
      return taken;
    } finally {
      guard.unlock();
    }
  }

  /** Takes it from whoever holds it; tells whether someone did. */
  boolean breakOpen() {
    guard.lock();
    try {
      boolean held = current != null;
      current = null;
      freed.signal();
      return held;
    } finally {
      guard.unlock();
    }
  }

  private void awaitFree(Duration wait) {
    long left = wait.toNanos();
    for (Holding other = current; other != null; other = current) {
      if (left <= 0) {
        throw refused(other);
      }
      left = await(left);
    }
  }

  private long await(long nanos) {
    try {
      return freed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException(
          ErrorKind.CANCELLED,
          "unable to take the lock",
          "the thread was interrupted while waiting for it",
          null,
          e);
    }
  }

  private static BackupException refused(Holding other) {
    return new BackupException(
        ErrorKind.LOCKED,
        "unable to take the lock",
        "it is held by " + other.holder,
        "wait until that has ended, or give a longer time to wait");
  }

  private final class Holding implements Held {
    private final String holder;

    Holding(String holder) {
      this.holder = holder;
    }

    @Override
    public boolean isHeld() {
      guard.lock();
      try {
        return current == this;
      } finally {
        guard.unlock();
      }
    }

    @Override
    public void close() {
      guard.lock();
      try {
        if (current == this) {
          current = null;
          freed.signal();
        }
      } finally {
        guard.unlock();
      }
    }
  }
}
