package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks a server again for a while that does not answer: one of whose sessions was killed ends all
 * of them and takes some seconds to recover.
 */
final class Patience {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE_MILLIS = 200;

  private Patience() {}

  /**
   * What {@code question} gives; it must do no harm when repeated.
   *
   * @throws BackupException what it throws, kind {@code CONNECTION} only after a while
   */
  static <T> T of(Supplier<T> question) {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (true) {
      try {
        return question.get();
      } catch (BackupException e) {
        boolean mayPass = e.kind() == ErrorKind.CONNECTION && System.nanoTime() - deadline < 0;
        if (!mayPass || !slept()) {
          throw e;
        }
      }
    }
  }

  private static boolean slept() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
