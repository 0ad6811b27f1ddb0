package com.conitrack.backup.core.port;

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
}
