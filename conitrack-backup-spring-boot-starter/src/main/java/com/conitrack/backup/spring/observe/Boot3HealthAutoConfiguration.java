package com.conitrack.backup.spring.observe;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Health of the backups in Boot 3. */
@AutoConfiguration(
    after = StatusAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(StatusCache.class)
public final class Boot3HealthAutoConfiguration {
  Boot3HealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "conitrackBackupHealthIndicator")
  @ConditionalOnEnabledHealthIndicator("conitrackBackup")
  static HealthIndicator conitrackBackupHealthIndicator(StatusCache cache) {
    return new Boot3HealthIndicator(cache);
  }
}
