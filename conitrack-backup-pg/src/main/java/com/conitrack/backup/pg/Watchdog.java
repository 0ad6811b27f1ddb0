package com.conitrack.backup.pg;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stops a child process when time is up or when the thread that works with it is interrupted: that
 * thread sits in reads and writes which no interrupt ends. Where it is stuck elsewhere when time is
 * up (in a sink, say), it is interrupted, and the interrupt taken back when the watch ends.
 */
final class Watchdog implements AutoCloseable {
  /** Why the process was stopped. */
  enum Stop {
    NONE,
    TIMEOUT,
    CANCELLED
  }

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ProcessHandle process;
  private final Thread caller;
  private final long deadline;
  private final Thread watcher;
  private Stop stop = Stop.NONE;
  private boolean ended;
  private boolean interruptedCaller;

  private Watchdog(ProcessHandle process, Duration timeout) {
    this.process = process;
    this.caller = Thread.currentThread();
    this.deadline = System.nanoTime() + nanos(timeout);
    this.watcher = new Thread(this::watch, "conitrack-backup watch of process " + process.pid());
    watcher.setDaemon(true);
  }

  /** Watches over {@code process} on behalf of the calling thread. */
  static Watchdog start(ProcessHandle process, Duration timeout) {
    Watchdog watchdog = new Watchdog(process, timeout);
    watchdog.watcher.start();
    return watchdog;
  }

  synchronized Stop stop() {
    return stop;
  }

  /** The caller noticed by itself that it was interrupted. */
  synchronized void cancel() {
    if (stop == Stop.NONE) {
      stop = Stop.CANCELLED;
    }
  }

  /** Ends the watch; called by the thread that started it. */
  @Override
  public synchronized void close() {
    ended = true;
    notifyAll();
    if (interruptedCaller) {
      Thread.interrupted();
    }
  }

  private void watch() {
    if (awaitReason()) {
      ToolProcess.kill(process);
      interruptIfTimedOut();
    }
  }

  /** Waits for a reason to stop the process; false when the watch ended without. */
  private synchronized boolean awaitReason() {
    try {
      while (!ended && stop == Stop.NONE) {
        if (caller.isInterrupted()) {
          stop = Stop.CANCELLED;
        } else if (System.nanoTime() - deadline >= 0) {
          stop = Stop.TIMEOUT;
        } else {
          TimeUnit.NANOSECONDS.timedWait(this, POLL_NANOS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !ended;
  }

  private synchronized void interruptIfTimedOut() {
    if (!ended && stop == Stop.TIMEOUT) {
      interruptedCaller = true;
      caller.interrupt();
    }
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(10_000)) > 0
        ? Duration.ofDays(10_000).toNanos()
        : timeout.toNanos();
  }
}
