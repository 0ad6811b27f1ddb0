package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;

/**
 * One database with all that can be done with it. Opens no connection before it is asked to do
 * something. Safe for use by many threads.
 */
public interface Database {
  /** Takes dumps of it. */
  DatabaseDumper dumper();

  /** Looks at it. */
  DatabaseInspector inspector();

  /** Loads dumps into it. */
  DatabaseRestorer restorer();

  /** Keeps runners on it apart. */
  RunLock lock();

  /** The server it lives on, to make and move databases beside it. */
  DatabaseServer server();

  /**
   * Works on single tables of it.
   *
   * @throws DatabaseException kind {@code RULE} if this kind of database has no way to do that
   */
  default DatabaseTables tables() {
    throw new DatabaseException(
        ErrorKind.RULE,
        "unable to work on single tables",
        "this kind of database has no way to do that",
        "restore the whole backup into an empty database");
  }
}
