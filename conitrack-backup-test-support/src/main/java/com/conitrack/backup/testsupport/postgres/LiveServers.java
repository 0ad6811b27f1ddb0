package com.conitrack.backup.testsupport.postgres;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that must be stopped before this process ends. */
final class LiveServers {
  private static final Set<PostgresFixture> ALL = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(LiveServers::closeAll, "postgres-fixture-end"));
  }

  private LiveServers() {}

  static void add(PostgresFixture server) {
    ALL.add(server);
  }

  static void remove(PostgresFixture server) {
    ALL.remove(server);
  }

  private static void closeAll() {
    ALL.forEach(PostgresFixture::endWithProcess);
  }
}
