package com.conitrack.backup.testsupport.database;

import com.conitrack.backup.core.port.Database;

/**
 * Where a contract's databases come from. An adapter's test implements it, one class for all
 * contracts. Each call makes another database, independent of those before.
 */
public interface DatabaseSupply {

  /** A database as a fresh one is: without any user-made object. */
  Database emptyDatabase() throws Exception;

  /**
   * A database with a few tables, at least one of them with at least a thousand rows whose dump
   * takes at least 100 kB, and a sequence.
   */
  Database populatedDatabase() throws Exception;
}
