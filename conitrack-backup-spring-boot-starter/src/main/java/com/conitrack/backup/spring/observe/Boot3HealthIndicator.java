package com.conitrack.backup.spring.observe;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** How the backups stand, for Boot 3. */
final class Boot3HealthIndicator implements HealthIndicator {
  private final StatusCache cache;

  Boot3HealthIndicator(StatusCache cache) {
    this.cache = cache;
  }

  @Override
  public Health health() {
    HealthReport report = HealthReport.of(cache);
    return Health.status(report.code()).withDetails(report.details()).build();
  }
}
