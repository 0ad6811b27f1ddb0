package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.testsupport.database.DatabaseDumperContract;
import com.conitrack.backup.testsupport.database.DatabaseInspectorContract;
import com.conitrack.backup.testsupport.database.DatabaseRestorerContract;
import com.conitrack.backup.testsupport.database.DatabaseServerContract;
import com.conitrack.backup.testsupport.database.DatabaseSupply;
import com.conitrack.backup.testsupport.database.RunLockContract;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import org.junit.jupiter.api.Nested;

/** The adapter keeps the ports' promises, on the stock system and on the hostile database. */
class PostgresContractsIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private static final String STOCK = filled(SampleSchemas.conitrack());
  private static final String HOSTILE = filled(SampleSchemas.hostile());

  private static String filled(String sql) {
    String name = SERVER.freshDatabase();
    SERVER.execute(name, sql);
    return name;
  }

  interface Stock extends DatabaseSupply {
    @Override
    default Database emptyDatabase() {
      return Targets.database(SERVER, SERVER.freshDatabase());
    }

    @Override
    default Database populatedDatabase() {
      return Targets.database(SERVER, SERVER.freshCopy(STOCK));
    }
  }

  interface Hostile extends Stock {
    @Override
    default Database populatedDatabase() {
      return Targets.database(SERVER, SERVER.freshCopy(HOSTILE));
    }
  }

  @Nested
  class StockDumper extends DatabaseDumperContract implements Stock {}

  @Nested
  class StockRestorer extends DatabaseRestorerContract implements Stock {}

  @Nested
  class StockInspector extends DatabaseInspectorContract implements Stock {}

  @Nested
  class HostileDumper extends DatabaseDumperContract implements Hostile {}

  @Nested
  class HostileRestorer extends DatabaseRestorerContract implements Hostile {}

  @Nested
  class HostileInspector extends DatabaseInspectorContract implements Hostile {}

  @Nested
  class StockServer extends DatabaseServerContract implements Stock {}

  @Nested
  class Lock extends RunLockContract {
    private final String name = SERVER.freshDatabase();

    @Override
    protected RunLock freeLock() {
      return Targets.database(SERVER, name).lock();
    }

    @Override
    protected RunLock sameLockAgain() {
      return Targets.database(SERVER, name).lock();
    }
  }
}
