package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.BackupException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call on a thread of its own, which can be interrupted. */
final class Background {
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final CompletableFuture<Boolean> interruptedAfter = new CompletableFuture<>();
  private final Thread thread;

  private Background(Runnable call) {
    thread = new Thread(() -> run(call), "background call");
    thread.setDaemon(true);
  }

  static Background start(Runnable call) {
    Background background = new Background(call);
    background.thread.start();
    return background;
  }

  private void run(Runnable call) {
    try {
      call.run();
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
    interruptedAfter.complete(Thread.currentThread().isInterrupted());
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Whether the thread's interrupt was still set when the call was over. */
  boolean interruptedAfter() throws Exception {
    return interruptedAfter.get(3, TimeUnit.MINUTES);
  }

  /** Waits for the call's end, which must be a good one. */
  void success() throws Exception {
    done.get(3, TimeUnit.MINUTES);
  }

  /** How the call failed; it must. */
  BackupException failure() throws InterruptedException, TimeoutException {
    try {
      done.get(3, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackupException failure) {
        return failure;
      }
      throw new AssertionError("the call failed otherwise", e);
    }
    throw new AssertionError("the call did not fail");
  }
}
