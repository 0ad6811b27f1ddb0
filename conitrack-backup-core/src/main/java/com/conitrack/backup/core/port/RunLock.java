package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.BackupException;
import java.time.Duration;

/**
 * Lets one runner at a time work on a database, among threads, processes and hosts. Safe for use by
 * many threads; not re-entrant.
 */
public interface RunLock {

  /**
   * Takes the lock.
   *
   * @param holder who asks, for those who are refused meanwhile: such as {@code backup by ana on
   *     db-host, pid 4711}
   * @param wait how long to wait for it; zero to be refused at once
   * @return the lock, held until closed or until the process or its connection ends
   * @throws BackupException kind {@code LOCKED}, naming the present holder where the lock keeps
   *     that, if it was not free in time
   */
  Held acquire(String holder, Duration wait);

  /** A lock held. */
  interface Held extends AutoCloseable {
    /**
     * Whether it is still held. Where the lock depends on a connection, the connection is asked,
     * which may take a moment.
     */
    boolean isHeld();

    /** Gives it back. Never throws. */
    @Override
    void close();
  }
}
