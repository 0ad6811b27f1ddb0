package com.conitrack.backup.flyway;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes through the gate by itself. No callback: those are called while Flyway holds connections,
 * and the gate needs some, too, which a small pool does not have.
 */
final class GatedFlyway extends Flyway {
  private static final Logger LOG = LoggerFactory.getLogger(GatedFlyway.class);

  private final MigrationGate gate;

  GatedFlyway(Configuration configuration, MigrationGate gate) {
    super(configuration);
    this.gate = gate;
  }

  @Override
  public MigrateResult migrate() {
    return MigrationGate.isPassing() || !canBeBackedUp() ? super.migrate() : gate.migrateFor(this);
  }

  private boolean canBeBackedUp() {
    if (MigratedDatabase.isPostgres(getConfiguration())) {
      return true;
    }
    if (!PendingMigrations.of(this).nothing()) {
      LOG.warn("a database that is not PostgreSQL is migrated without a backup");
    }
    return false;
  }
}
