package com.conitrack.backup.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a signal (Ctrl-C, SIGTERM) end the work cleanly: the working thread is interrupted, which
 * cancels backups and restores, and the process waits until it has put things in order.
 */
final class Interruption {
  private static final long SECONDS_AT_MOST = 60;

  private final CountDownLatch finished = new CountDownLatch(1);

  private Interruption() {}

  /** From now on the calling thread is interrupted when the process is to end. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption();
    Thread worker = Thread.currentThread();
    Thread hook = new Thread(() -> interruption.interrupt(worker), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return interruption;
  }

  /** The work has ended. */
  void finished() {
    finished.countDown();
  }

  private void interrupt(Thread worker) {
    if (finished.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      // Past this the process ends hard, which storages and databases stand as well.
      boolean inOrder = finished.await(SECONDS_AT_MOST, TimeUnit.SECONDS);
      if (!inOrder) {
        System.err.println("conitrack-backup: gave up waiting for the work to end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
