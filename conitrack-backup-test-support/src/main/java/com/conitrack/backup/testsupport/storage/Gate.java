package com.conitrack.backup.testsupport.storage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds whoever comes to it until a test opens it. */
public final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** A closed gate. */
  public Gate() {}

  /**
   * Waits until somebody stands before the gate.
   *
   * @throws AssertionError if nobody came in time
   */
  public void awaitArrival(Duration patience) throws InterruptedException {
    if (!reached.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("nobody came to the gate within " + patience);
    }
  }

  /** Lets all pass, now and later. */
  public void open() {
    opened.countDown();
  }

  void pass() throws InterruptedException {
    reached.countDown();
    opened.await();
  }
}
