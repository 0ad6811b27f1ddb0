package com.conitrack.backup.spring.observe;

import com.conitrack.backup.spring.BackupStorages;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters of the backups, where there is Micrometer. */
@AutoConfiguration(after = StatusAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(StatusCache.class)
public final class MetricsAutoConfiguration {
  MetricsAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  static BackupMeters conitrackBackupMeters(StatusCache cache, BackupStorages storages) {
    return new BackupMeters(
        cache, storages.all().stream().map(storage -> storage.info().name()).toList());
  }
}
