package com.conitrack.backup.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A process that is waited for by reading what it says: no interrupt ends that. */
final class Hanging {
  private static final Executor LATER = CompletableFuture.delayedExecutor(10, TimeUnit.MINUTES);

  private Hanging() {}

  /** Ends it by then, whatever it does: who reads from it finds the end. */
  static Process limited(Process process) {
    LATER.execute(process::destroyForcibly);
    return process;
  }
}
