package com.conitrack.backup.spring;

import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.RunLock;

/**
 * Gives the lock that keeps runners on a database apart, instead of the database's own. All
 * replicas, and whoever else works on the database, must use the same.
 */
@FunctionalInterface
public interface RunLocks {
  /** The lock of a database. Connects to nothing. */
  RunLock of(Database database);
}
