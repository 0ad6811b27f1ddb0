package com.conitrack.backup.core;

import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseTables;
import com.conitrack.backup.core.port.RunLock;

/** A database that is kept by another lock than its own. */
record DatabaseUnderLock(Database below, RunLock lock) implements Database {
  @Override
  public DatabaseDumper dumper() {
    return below.dumper();
  }

  @Override
  public DatabaseInspector inspector() {
    return below.inspector();
  }

  @Override
  public DatabaseRestorer restorer() {
    return below.restorer();
  }

  @Override
  public DatabaseServer server() {
    return below.server();
  }

  @Override
  public DatabaseTables tables() {
    return below.tables();
  }

  @Override
  public String toString() {
    return below.toString();
  }
}
