package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.spring.ConitrackBackupAutoConfiguration;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import com.conitrack.backup.spring.properties.StatusProperties;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** What every application sees of its backups: their status, application events and log lines. */
@AutoConfiguration(after = ConitrackBackupAutoConfiguration.class)
@ConditionalOnSingleCandidate(ConitrackBackup.class)
public final class StatusAutoConfiguration {
  StatusAutoConfiguration() {}

  /** Listeners are told of by the backups, so the backups are looked up when first needed. */
  @Bean
  @ConditionalOnMissingBean
  static StatusCache conitrackBackupStatusCache(
      ObjectProvider<ConitrackBackup> backups, ConitrackBackupProperties properties) {
    StatusProperties settings = properties.status();
    return new StatusCache(
        backups::getObject,
        settings.refresh().value(),
        settings.patience().value(),
        Clock.systemUTC());
  }

  @Bean
  @ConditionalOnMissingBean
  static BackupEventPublisher conitrackBackupEventPublisher(ApplicationEventPublisher publisher) {
    return new BackupEventPublisher(publisher);
  }

  @Bean
  @ConditionalOnMissingBean
  static BackupLog conitrackBackupLog() {
    return new BackupLog();
  }
}
