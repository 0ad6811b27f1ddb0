package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.LogContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that may hang, made on threads that can be left behind. While one hangs, further calls fail
 * at once, so that a dead storage costs its limit once and not with every call.
 */
final class TimeLimit {
  /** Idle threads end after a minute, and none keeps the program from ending. */
  private static final ExecutorService CALLERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "conitrack-storage-call");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration limit;
  private final AtomicReference<@Nullable Future<?>> hung;

  TimeLimit(Duration limit) {
    this(limit, new AtomicReference<>());
  }

  private TimeLimit(Duration limit, AtomicReference<@Nullable Future<?>> hung) {
    this.limit = limit;
    this.hung = hung;
  }

  /** A longer limit for the same storage: what hangs under one is known to the other. */
  TimeLimit times(int factor) {
    return new TimeLimit(limit.multipliedBy(factor), hung);
  }

  <T> T call(String what, Callable<T> work) {
    return call(what, work, tooLate -> {});
  }

  /**
   * @param tooLate is given what the call yields after nobody waits for it any more
   * @throws StorageException kind {@code TIMEOUT} if there is no answer in time, {@code CANCELLED}
   *     if this thread is interrupted, {@code IO} with the {@link IOException} that the work threw
   *     as cause; other exceptions of the work pass as they are
   */
  <T> T call(String what, Callable<T> work, Consumer<T> tooLate) {
    refuseWhileHung(what);
    Call<T> call = new Call<>(work, tooLate);
    Future<T> future = CALLERS.submit(LogContext.carriedCall(call));
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      hung.set(call.leaveBehind(future));
      throw noAnswer(what);
    } catch (InterruptedException e) {
      call.leaveBehind(future);
      Thread.currentThread().interrupt();
      throw new StorageException(ErrorKind.CANCELLED, what, "the thread was interrupted", null, e);
    } catch (ExecutionException | CancellationException e) {
      throw failure(what, e.getCause() == null ? e : e.getCause());
    }
  }

  /** Runs what must not be left out, such as giving up an upload; waits for it within the limit. */
  void runEvenIfHung(Runnable work) {
    Future<?> future = CALLERS.submit(LogContext.carried(work));
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It goes on without us; what it leaves is swept by a later run.
    } catch (InterruptedException e) {
      awaitUninterrupted(future);
      Thread.currentThread().interrupt();
    }
  }

  private void awaitUninterrupted(Future<?> future) {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException e) {
      // As above.
    }
  }

  private void refuseWhileHung(String what) {
    Future<?> before = hung.get();
    if (before != null && !before.isDone()) {
      throw noAnswer(what);
    }
  }

  private StorageException noAnswer(String what) {
    return new StorageException(
        ErrorKind.TIMEOUT,
        what,
        "it took no bytes and gave no answer for " + limit.toMillis() / 1000.0 + " s",
        "look at the storage or its network; once it works, the missing copy can be made up");
  }

  private static RuntimeException failure(String what, Throwable cause) {
    if (cause instanceof RuntimeException known) {
      return known;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new StorageException(
        ErrorKind.IO, what, String.valueOf(cause.getMessage()), null, cause);
  }

  /** Work whose result is cleaned up when it comes too late. */
  private static final class Call<T> implements Callable<T> {
    private final Callable<T> work;
    private final Consumer<T> tooLate;
    private boolean leftBehind;
    private @Nullable T result;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    Call(Callable<T> work, Consumer<T> tooLate) {
      this.work = work;
      this.tooLate = tooLate;
    }

    @Override
    public T call() throws Exception {
      try {
        T yielded = work.call();
        keepOrCleanUp(yielded);
        return yielded;
      } finally {
        ended.complete(true);
      }
    }

    private synchronized void keepOrCleanUp(T yielded) {
      if (leftBehind) {
        tooLate.accept(yielded);
      } else {
        result = yielded;
      }
    }

    /** Interrupts the work; the future returned is done when it has really ended. */
    synchronized Future<?> leaveBehind(Future<T> future) {
      leftBehind = true;
      T yielded = result;
      if (yielded != null) {
        tooLate.accept(yielded);
      } else {
        future.cancel(true);
      }
      return ended;
    }
  }
}
