package com.conitrack.backup.pg;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one reader of a dump hands to several workers: tasks in the dump's order, and their rows,
 * which are read ahead up to a limit, so that the rows of several tables can be loaded at once
 * though they come one after the other.
 *
 * <p>It cannot stall: the oldest task waits for no other, and all of its rows are there or the
 * reader is about to bring them.
 */
final class LoadQueue {
  /** Enough to find one that need not wait; each is held against those before it. */
  private static final int MAX_TASKS = 64;

  private final long limit;
  private final Deque<LoadTask> waiting = new ArrayDeque<>();
  private final List<LoadTask> unfinished = new ArrayList<>();
  private final Map<LoadTask, Rows> rows = new HashMap<>();
  private long readAhead;
  private int idle;
  private boolean closed;
  private boolean failed;
  private @Nullable LoadTask failedTask;
  private @Nullable PsqlSession failedSession;

  private static final class Rows {
    final Deque<byte[]> chunks = new ArrayDeque<>();
    boolean complete;
  }

  /**
   * @param limit how many bytes of rows to read ahead, about
   */
  LoadQueue(long limit) {
    this.limit = limit;
  }

  /**
   * Adds a task; its rows follow, up to {@link #endRows}. Waits while there are many.
   *
   * @return whether it could be started at once if there were one more worker
   */
  synchronized boolean add(LoadTask task) throws IOException {
    awaitThat(() -> unfinished.size() < MAX_TASKS);
    if (task.hasRows()) {
      rows.put(task, new Rows());
    }
    waiting.add(task);
    unfinished.add(task);
    notifyAll();
    return idle < waiting.stream().filter(this::isReady).limit(idle + 1L).count();
  }

  /** Adds rows of a task; waits while too many are there already. */
  synchronized void addRows(LoadTask task, byte[] chunk) throws IOException {
    awaitThat(() -> readAhead < limit);
    rowsOf(task).chunks.add(chunk);
    readAhead += chunk.length;
    notifyAll();
  }

  synchronized void endRows(LoadTask task) {
    rowsOf(task).complete = true;
    notifyAll();
  }

  /** Returns when every task is done. */
  synchronized void drain() throws IOException {
    awaitThat(unfinished::isEmpty);
  }

  /** No more tasks come: workers are let go. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** The next task for a worker, null when there will be none. */
  synchronized @Nullable LoadTask take() throws InterruptedException {
    idle++;
    try {
      while (!failed) {
        LoadTask task = firstReady();
        if (task != null || closed && waiting.isEmpty()) {
          return task;
        }
        wait();
      }
      return null;
    } finally {
      idle--;
    }
  }

  private @Nullable LoadTask firstReady() {
    for (Iterator<LoadTask> each = waiting.iterator(); each.hasNext(); ) {
      LoadTask task = each.next();
      if (isReady(task)) {
        each.remove();
        return task;
      }
    }
    return null;
  }

  private boolean isReady(LoadTask task) {
    for (LoadTask earlier : unfinished) {
      if (earlier == task) {
        return true;
      }
      if (task.waitsFor(earlier)) {
        return false;
      }
    }
    return true;
  }

  /** The task's next rows, null after the last. */
  synchronized byte @Nullable [] nextRows(LoadTask task) throws IOException, InterruptedException {
    Rows of = rowsOf(task);
    while (of.chunks.isEmpty() && !of.complete) {
      requireGood();
      wait();
    }
    byte[] chunk = of.chunks.poll();
    if (chunk != null) {
      readAhead -= chunk.length;
      notifyAll();
    }
    return chunk;
  }

  /** The worker has done the task. */
  synchronized void done(LoadTask task) {
    rows.remove(task);
    unfinished.remove(task);
    notifyAll();
  }

  /** Nothing more is to be done: {@code session} failed over {@code task}, or between tasks. */
  synchronized void fail(@Nullable LoadTask task, PsqlSession session) {
    if (!failed) {
      failedTask = task;
      failedSession = session;
    }
    cancel();
  }

  /** Nothing more is to be done. */
  synchronized void cancel() {
    failed = true;
    notifyAll();
  }

  /** What the first session that failed was at; null for nothing, or if none did. */
  synchronized @Nullable LoadTask failedTask() {
    return failedTask;
  }

  /** The first session that failed, null if none did. */
  synchronized @Nullable PsqlSession failedSession() {
    return failedSession;
  }

  private Rows rowsOf(LoadTask task) {
    Rows of = rows.get(task);
    if (of == null) {
      throw new IllegalStateException(task + " is done or has no rows");
    }
    return of;
  }

  private interface Condition {
    boolean holds();
  }

  private void awaitThat(Condition condition) throws IOException {
    try {
      requireGood();
      while (!condition.holds()) {
        wait();
        requireGood();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the thread was interrupted");
    }
  }

  private void requireGood() throws IOException {
    if (failed) {
      throw new IOException("the restore has failed in another connection");
    }
  }
}
