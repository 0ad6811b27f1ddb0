package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sessions of two databases over and over, from a session of its own, until it is closed.
 * Workers of autovacuum are left to the server, which ends them itself.
 */
final class SessionEnder implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;

  private static final String SESSIONS =
      """
      SELECT pid FROM pg_catalog.pg_stat_activity
       WHERE datid::bigint IN (?, ?) AND backend_type IS DISTINCT FROM 'autovacuum worker'
      """;

  private final Supplier<Session> sessions;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Set<Integer> ended = new HashSet<>();
  private volatile String refusal = "";
  private @Nullable Thread thread;

  SessionEnder(Supplier<Session> sessions) {
    this.sessions = sessions;
  }

  void start(long one, long other) {
    Thread started =
        new Thread(() -> run(one, other), "conitrack-backup end of sessions before a swap");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  private void run(long one, long other) {
    try (Session session = sessions.get()) {
      do {
        List<Integer> there = session.list(SESSIONS, row -> row.getInt(1), one, other);
        there.forEach(pid -> end(session, pid));
      } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (DatabaseException e) {
      refusal = e.why();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Session session, int pid) {
    try {
      session.strings("SELECT pg_catalog.pg_terminate_backend(?)", pid);
      synchronized (ended) {
        ended.add(pid);
      }
    } catch (DatabaseException e) {
      refusal = e.why();
    }
  }

  /** How many sessions were ended so far. */
  int ended() {
    synchronized (ended) {
      return ended.size();
    }
  }

  /** Why some could not be ended; empty if all could. */
  String refusal() {
    return refusal;
  }

  /** Returns when the last one has been ended that will be. */
  @Override
  public void close() {
    stop.countDown();
    Thread started = thread;
    if (started != null) {
      try {
        started.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
