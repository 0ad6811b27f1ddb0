package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.ConitrackBackup;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint, where it is exposed. */
@AutoConfiguration(after = StatusAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(StatusCache.class)
public final class EndpointAutoConfiguration {
  EndpointAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint
  static ConitrackBackupEndpoint conitrackBackupEndpoint(
      ConitrackBackup backups, StatusCache cache) {
    return new ConitrackBackupEndpoint(backups, cache, Clock.systemUTC());
  }
}
