package com.conitrack.backup.spring.observe;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** An observation for each backup, where there is a registry for them. */
@AutoConfiguration(
    after = StatusAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
    })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({StatusCache.class, ObservationRegistry.class})
public final class ObservationAutoConfiguration {
  ObservationAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  static BackupObservations conitrackBackupObservations(ObservationRegistry registry) {
    return new BackupObservations(registry);
  }
}
