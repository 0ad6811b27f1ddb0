package com.conitrack.backup.spring.flyway;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.flyway.MigrationGate;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.spring.ConitrackBackupAutoConfiguration;
import com.conitrack.backup.spring.ConitrackBackupFactory;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The gate before the application's databases. {@code conitrack.backup.flyway.enabled=false} leaves
 * it out.
 */
@AutoConfiguration(after = ConitrackBackupAutoConfiguration.class)
@ConditionalOnClass(Flyway.class)
@ConditionalOnBean(ConitrackBackup.class)
@ConditionalOnProperty(
    prefix = "conitrack.backup.flyway",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
public final class MigrationGateAutoConfiguration {
  MigrationGateAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  static MigrationGate conitrackBackupMigrationGate(
      ConitrackBackup backups,
      Database database,
      ConitrackBackupFactory factory,
      ConitrackBackupProperties properties) {
    Map<String, ConitrackBackup> others = new ConcurrentHashMap<>();
    MigrationGate gate =
        MigrationGate.of(
            flyway -> isOther(flyway, database) ? other(flyway, factory, others) : backups);
    String reason = properties.flyway().migrateWithoutBackup();
    return reason == null ? gate : gate.migratingWithoutBackup(reason);
  }

  @Bean
  static BeanPostProcessor conitrackBackupOwnFlywayGate(
      ObjectProvider<MigrationGate> gate, ConfigurableListableBeanFactory beans) {
    return new OwnFlywayGate(gate, beans);
  }

  /** Flyway may have a user of its own; what counts is where it connects to. */
  private static boolean isOther(Configuration flyway, Database database) {
    try {
      return database instanceof PostgresDatabase own
          && !own.isAt(PostgresConnection.of(flyway.getDataSource()));
    } catch (DatabaseException e) {
      // It does not tell where it connects to; the gate finds out whether it is another one.
      return false;
    }
  }

  private static ConitrackBackup other(
      Configuration flyway, ConitrackBackupFactory factory, Map<String, ConitrackBackup> others) {
    PostgresConnection connection = PostgresConnection.of(flyway.getDataSource());
    return others.computeIfAbsent(
        connection.toString(), place -> factory.of(flyway.getDataSource()));
  }
}
