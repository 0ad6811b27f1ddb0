package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.Health;
import com.conitrack.backup.core.status.Reason;
import com.conitrack.backup.core.status.StorageStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a health probe is told, whichever Boot asks.
 *
 * @param code a health status: UP, DOWN, UNKNOWN, or WARNING, which Boot does not know and answers
 *     with 200
 * @param details by name
 */
record HealthReport(String code, Map<String, Object> details) {
  static HealthReport of(StatusCache cache) {
    return cache
        .status()
        .map(status -> of(status, cache.overdue(status)))
        .orElseGet(() -> unknown(cache));
  }

  private static HealthReport unknown(StatusCache cache) {
    return new HealthReport(
        "UNKNOWN",
        Map.of(
            "reading", cache.failure().orElse("the storages are being read for the first time")));
  }

  private static HealthReport of(BackupStatus status, boolean overdue) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("health", status.health().name());
    if (!status.reasons().isEmpty()) {
      details.put("reasons", status.reasons().stream().map(HealthReport::tell).toList());
    }
    if (status.newest() != null) {
      details.put("newestGood", status.newest().id().value());
      details.put("newestGoodAgeSeconds", status.newest().age().toSeconds());
    }
    status
        .rpoRemaining()
        .map(Duration::toSeconds)
        .ifPresent(left -> details.put("rpoRemainingSeconds", left));
    details.put("copies", copies(status.storages()));
    details.put("registerSound", status.register().sound());
    details.put("readAt", status.readAt().toString());
    if (overdue) {
      details.put("reading", "the storages have not let themselves be read since then");
    }
    return new HealthReport(code(overdue ? worse(status.health()) : status.health()), details);
  }

  private static Health worse(Health health) {
    return health == Health.OK ? Health.WARNING : health;
  }

  private static String code(Health health) {
    return switch (health) {
      case OK -> "UP";
      case WARNING -> "WARNING";
      case FAILING -> "DOWN";
    };
  }

  private static String tell(Reason reason) {
    return reason.text() + "; to do: " + reason.remedy();
  }

  private static Map<String, String> copies(List<StorageStatus> storages) {
    Map<String, String> copies = new LinkedHashMap<>();
    storages.forEach(
        storage ->
            copies.put(
                storage.name(),
                storage.readable()
                    ? storage.proved() + " of " + storage.wanted() + " proved"
                    : "could not be read"));
    return copies;
  }
}
