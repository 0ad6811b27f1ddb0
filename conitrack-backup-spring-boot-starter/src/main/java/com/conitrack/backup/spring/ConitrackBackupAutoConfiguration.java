package com.conitrack.backup.spring;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import com.conitrack.backup.spring.properties.KeepingProperties;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Backups of the application's database: {@link ConitrackBackup} and what it is made of, each
 * replaced by a bean of the application's own. No bean opens a connection. Without any storage the
 * application does not start, for it would believe in backups that nobody takes; {@code
 * conitrack.backup.enabled=false} turns everything off.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    })
@ConditionalOnProperty(
    prefix = "conitrack.backup",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@EnableConfigurationProperties(ConitrackBackupProperties.class)
public final class ConitrackBackupAutoConfiguration {
  ConitrackBackupAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  static BackupPolicy conitrackBackupPolicy(ConitrackBackupProperties properties) {
    SettingProblems problems = new SettingProblems();
    BackupPolicy policy = new PolicyFactory(properties.policy(), problems).make();
    problems.throwIfAny();
    return policy;
  }

  @Bean
  @ConditionalOnMissingBean
  static BackupStorages conitrackBackupStorages(
      ConitrackBackupProperties properties, ObjectProvider<BackupStorage> beans) {
    SettingProblems problems = new SettingProblems();
    List<BackupStorage> made = new StorageFactory(problems).make(properties.storages());
    List<BackupStorage> all = new ArrayList<>(made);
    beans.orderedStream().forEach(all::add);
    if (properties.storages().isEmpty() && all.isEmpty()) {
      problems.add(
          "storages",
          "no storage is given",
          "set conitrack.backup.storages[0].type and what it needs, such as .path, or turn backups"
              + " off with conitrack.backup.enabled=false");
    }
    problems.throwIfAny();
    return new BackupStorages(all, made);
  }

  @Bean
  @ConditionalOnMissingBean
  static Database conitrackBackupDatabase(
      ConitrackBackupProperties properties,
      ObjectProvider<DataSource> dataSource,
      Environment environment) {
    return new DatabaseFactory(properties.database(), new SettingProblems())
        .database(dataSource::getIfUnique, environment);
  }

  @Bean
  @ConditionalOnMissingBean
  static ConitrackBackupFactory conitrackBackupFactory(
      ConitrackBackupProperties properties,
      BackupStorages storages,
      BackupPolicy policy,
      ConfigurableListableBeanFactory beans,
      ObjectProvider<ConitrackBackupCustomizer> customizers,
      ObjectProvider<RunLocks> locks,
      Environment environment) {
    return new ConitrackBackupFactory(
        properties,
        storages,
        policy,
        ListenerBeans.in(beans),
        customizers.orderedStream().toList(),
        locks(properties, locks.getIfUnique()),
        environment.getProperty("spring.application.name"));
  }

  /** Replicas that silently had another lock than the one asked for would not be kept apart. */
  private static @Nullable RunLocks locks(
      ConitrackBackupProperties properties, @Nullable RunLocks locks) {
    SettingProblems problems = new SettingProblems();
    if (properties.schedule().lock() == KeepingProperties.Lock.SHEDLOCK && locks == null) {
      problems.add(
          "schedule.lock",
          "shedlock is asked for, but the application has no LockProvider bean, or several",
          "make one LockProvider bean (or mark one as @Primary), or set it to database");
    }
    problems.throwIfAny();
    return locks;
  }

  @Bean
  @ConditionalOnMissingBean
  static ConitrackBackup conitrackBackup(ConitrackBackupFactory factory, Database database) {
    return factory.of(database);
  }
}
