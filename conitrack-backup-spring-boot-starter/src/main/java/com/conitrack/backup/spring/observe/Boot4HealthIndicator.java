package com.conitrack.backup.spring.observe;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** How the backups stand, for Boot 4. */
final class Boot4HealthIndicator implements HealthIndicator {
  private final StatusCache cache;

  Boot4HealthIndicator(StatusCache cache) {
    this.cache = cache;
  }

  @Override
  public Health health() {
    HealthReport report = HealthReport.of(cache);
    return Health.status(report.code()).withDetails(report.details()).build();
  }
}
