package com.conitrack.backup.core.objects;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with many things at once, for storages that answer slowly but in parallel. */
public final class Concurrently {
  private static final int MOST_THREADS = 64;

  private Concurrently() {}

  /**
   * Applies {@code function} to every element, on at most 64 threads of its own, and returns the
   * results in the order of {@code elements}. Returns or throws only when no call is running any
   * more, but for calls that do not heed an interrupt.
   *
   * @throws RuntimeException what a call threw: the first in the order of {@code elements}
   * @throws BackupException kind {@code CANCELLED} if this thread is interrupted, whose flag stays
   *     set
   */
  public static <A, B> List<B> map(List<A> elements, Function<? super A, ? extends B> function) {
    if (elements.size() < 2) {
      return elements.stream().<B>map(function).toList();
    }
    ExecutorService pool = pool(Math.min(MOST_THREADS, elements.size()));
    try {
      List<Callable<B>> calls = new ArrayList<>();
      elements.forEach(element -> calls.add(LogContext.carriedCall(() -> function.apply(element))));
      return results(pool.invokeAll(calls));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException(
          ErrorKind.CANCELLED, "unable to read on", "the thread was interrupted", null, e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static ExecutorService pool(int threads) {
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "conitrack-backup-reader");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static <B> List<B> results(List<Future<B>> futures) throws InterruptedException {
    List<B> results = new ArrayList<>(futures.size());
    for (Future<B> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  private static <B> B result(Future<B> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
