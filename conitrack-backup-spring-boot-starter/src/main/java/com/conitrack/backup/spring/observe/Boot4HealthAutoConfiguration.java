package com.conitrack.backup.spring.observe;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health of the backups in Boot 4. */
@AutoConfiguration(
    after = StatusAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(StatusCache.class)
public final class Boot4HealthAutoConfiguration {
  Boot4HealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "conitrackBackupHealthIndicator")
  @ConditionalOnEnabledHealthIndicator("conitrackBackup")
  static HealthIndicator conitrackBackupHealthIndicator(StatusCache cache) {
    return new Boot4HealthIndicator(cache);
  }
}
