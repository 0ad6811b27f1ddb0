package com.conitrack.backup.pg;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops at its first byte until it is told to go on, so that pg_dump stands still mid-dump. */
final class PausingSink extends OutputStream {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch resumed = new CountDownLatch(1);

  void awaitFirstByte() throws InterruptedException {
    if (!reached.await(3, TimeUnit.MINUTES)) {
      throw new AssertionError("nothing was written");
    }
  }

  void resume() {
    resumed.countDown();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    reached.countDown();
    try {
      resumed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while pausing");
    }
  }
}
