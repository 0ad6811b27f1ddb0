package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps runners apart with an advisory lock of the database itself (PostgreSQL documentation,
 * "Advisory Locks"): it ends with its session, so no crash leaves it behind. A session of its own
 * holds it, and shows a sign of life several times within the lease: the server ends it when there
 * is none ({@code idle_session_timeout}), and when its peer is gone (TCP keep-alive). Through a
 * pooler that shares sessions between transactions two runners would both hold it, so that is
 * refused.
 */
final class AdvisoryLock implements RunLock {
  /** Namespace and number of the lock; other software's locks have others. "CONI", "BACK". */
  private static final int CLASS_ID = 0x434F4E49;

  private static final int OBJECT_ID = 0x4241434B;

  private static final String TAKE = "SELECT pg_catalog.pg_try_advisory_lock(?, ?)";

  private static final String GIVE_BACK = "SELECT pg_catalog.pg_advisory_unlock(?, ?)";

  private static final String IS_MINE =
      """
      SELECT 1 FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'advisory' AND granted
         AND classid::bigint = ? AND objid::bigint = ? AND objsubid = 2
      """;

  private static final String HOLDER =
      """
      SELECT a.application_name, a.query, pg_catalog.host(a.client_addr), a.backend_start::timestamptz(0)
        FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND l.granted
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
         AND l.classid::bigint = ? AND l.objid::bigint = ? AND l.objsubid = 2
      """;

  private static final String LEASE_SINCE_14 =
      """
      SELECT pg_catalog.set_config('idle_session_timeout', ?, false)
       WHERE pg_catalog.current_setting('server_version_num')::int >= 140000
      """;

  /** A peer that is gone is found out within half a minute, not after the usual two hours. */
  private static final String KEEP_ALIVE =
      """
      SELECT pg_catalog.set_config('tcp_keepalives_idle', '15', false),
             pg_catalog.set_config('tcp_keepalives_interval', '5', false),
             pg_catalog.set_config('tcp_keepalives_count', '3', false)
      """;

  private static final long MIN_PAUSE_MILLIS = 50;
  private static final long MAX_PAUSE_MILLIS = 1_000;

  private static final int BEATS_IN_A_LEASE = 4;

  private final Jdbc jdbc;
  private final Duration lease;

  /**
   * @param lease after how long without a sign of life the server takes the lock from its holder
   */
  AdvisoryLock(Jdbc jdbc, Duration lease) {
    this.jdbc = jdbc;
    this.lease = lease;
  }

  @Override
  public Held acquire(String holder, Duration wait) {
    String what = "unable to lock database " + Names.databaseOn(jdbc.target());
    LockHolder text = new LockHolder(holder);
    Session session = jdbc.openForLock(text.applicationName(), what);
    try {
      Pooler.refuseIfSessionsAreShared(session, jdbc, what);
      session.strings(LEASE_SINCE_14, Long.toString(lease.toMillis()));
      session.strings(KEEP_ALIVE);
      take(session, text, wait, what);
      HeldLock held = new HeldLock(session, text);
      held.beatEvery(lease.dividedBy(BEATS_IN_A_LEASE));
      return held;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void take(Session session, LockHolder holder, Duration wait, String what) {
    long deadline = System.nanoTime() + wait.toNanos();
    long pause = MIN_PAUSE_MILLIS;
    while (!tryOnce(session, holder)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw refused(session, what);
      }
      sleep(Math.min(pause, left), what);
      pause = Math.min(pause * 2, MAX_PAUSE_MILLIS);
    }
  }

  private static boolean tryOnce(Session session, LockHolder holder) {
    return session
        .first(TAKE + holder.comment(), row -> row.getBoolean(1), CLASS_ID, OBJECT_ID)
        .orElse(false);
  }

  private static BackupException refused(Session session, String what) {
    String who =
        session
            .first(
                HOLDER,
                row ->
                    LockHolder.describe(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                (long) CLASS_ID,
                (long) OBJECT_ID)
            .orElse("another runner, which has just ended");
    return new DatabaseException(
        ErrorKind.LOCKED,
        what,
        "it is held by " + who,
        "wait until that has ended, or give a longer time to wait");
  }

  private static void sleep(long millis, String what) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          ErrorKind.CANCELLED, what, "the thread was interrupted while waiting", null, e);
    }
  }

  /** The session that holds the lock, used by one thread at a time. */
  private static final class HeldLock implements Held {
    private final Session session;
    private final LockHolder holder;
    private boolean closed;

    HeldLock(Session session, LockHolder holder) {
      this.session = session;
      this.holder = holder;
    }

    void beatEvery(Duration interval) {
      Thread heart = new Thread(() -> beat(interval), "conitrack-backup heartbeat of the lock");
      heart.setDaemon(true);
      heart.start();
    }

    private void beat(Duration interval) {
      try {
        while (awaitBeat(interval) && isHeld()) {
          // Having asked is the sign of life.
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized boolean awaitBeat(Duration interval) throws InterruptedException {
      if (!closed) {
        TimeUnit.NANOSECONDS.timedWait(this, interval.toNanos());
      }
      return !closed;
    }

    @Override
    public synchronized boolean isHeld() {
      try {
        return !session
            .strings(IS_MINE + holder.comment(), (long) CLASS_ID, (long) OBJECT_ID)
            .isEmpty();
      } catch (DatabaseException e) {
        return false;
      }
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        notifyAll();
        giveBack();
        session.close();
      }
    }

    /** Or else it is free a moment after this session's end: too late for who comes right after. */
    private void giveBack() {
      try {
        session.strings(GIVE_BACK, CLASS_ID, OBJECT_ID);
      } catch (DatabaseException e) {
        // The connection is lost, and the lock with it.
      }
    }
  }
}
