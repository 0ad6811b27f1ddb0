package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.schedule.BackupScheduler;
import com.conitrack.backup.core.schedule.BackupSchedulerBuilder;
import com.conitrack.backup.core.schedule.ScheduleListener;
import com.conitrack.backup.spring.ConitrackBackupAutoConfiguration;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Keeps the policy's schedule in the application, one replica of many at a time. {@code
 * conitrack.backup.schedule.enabled=false} leaves that to others; so does a {@link BackupScheduler}
 * bean of the application's own, which the application then starts itself.
 */
@AutoConfiguration(after = ConitrackBackupAutoConfiguration.class)
@ConditionalOnSingleCandidate(ConitrackBackup.class)
@ConditionalOnProperty(
    prefix = "conitrack.backup.schedule",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
public final class ScheduleAutoConfiguration {
  ScheduleAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  static ScheduleEventPublisher conitrackBackupScheduleEventPublisher(
      ApplicationEventPublisher publisher) {
    return new ScheduleEventPublisher(publisher);
  }

  @Bean
  @ConditionalOnMissingBean({ScheduleKeeper.class, BackupScheduler.class})
  static ScheduleKeeper conitrackBackupScheduleKeeper(
      ConitrackBackup backups,
      ObjectProvider<ScheduleListener> listeners,
      ConitrackBackupProperties properties) {
    if (backups.policy().schedule() == null) {
      return ScheduleKeeper.ofNothing();
    }
    return new ScheduleKeeper(
        () -> {
          BackupSchedulerBuilder builder =
              backups.scheduler().shutdownLimit(properties.schedule().shutdownLimit().value());
          listeners.orderedStream().forEach(builder::listener);
          return builder.build();
        });
  }
}
