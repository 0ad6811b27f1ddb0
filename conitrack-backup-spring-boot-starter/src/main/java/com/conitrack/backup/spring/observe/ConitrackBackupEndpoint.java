package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.schedule.RunCalendar;
import com.conitrack.backup.core.status.StatusReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/conitrackbackup}: the status, and below it {@code backups}, {@code runs} and
 * {@code register}. Writing to it takes a backup, which has to be allowed: {@code
 * management.endpoint.conitrackbackup.access=unrestricted}.
 *
 * <p>Boot 3 knows a parameter that may be left out by Spring's own annotation alone.
 */
@Endpoint(id = "conitrackbackup", defaultAccess = Access.READ_ONLY)
public final class ConitrackBackupEndpoint {
  private static final int USUAL_LIMIT = 100;
  private static final Duration RUNS = Duration.ofDays(92);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ConitrackBackup backups;
  private final StatusCache cache;
  private final Clock clock;

  ConitrackBackupEndpoint(ConitrackBackup backups, StatusCache cache, Clock clock) {
    this.backups = backups;
    this.cache = cache;
    this.clock = clock;
  }

  /** How the backups stand. */
  @ReadOperation
  public Map<String, @Nullable Object> status() {
    return cache.status().map(StatusDocument::of).orElseGet(this::unread);
  }

  /**
   * A part of what is known.
   *
   * @param part {@code status}, {@code backups} (newest first), {@code runs} or {@code register}
   *     (both oldest first); anything else is not found
   * @param limit how many of the newest; 100 unless told
   */
  @ReadOperation
  public @Nullable Map<String, @Nullable Object> part(
      @Selector String part, @org.springframework.lang.Nullable Integer limit) {
    int most = limit == null ? USUAL_LIMIT : Math.max(0, limit);
    return switch (part) {
      case "status" -> status();
      case "backups", "runs", "register" ->
          cache.reading().map(reading -> part(part, most, reading)).orElseGet(this::unread);
      default -> null;
    };
  }

  /**
   * Takes a backup and tells how it ended, or after 20 seconds that it is still running.
   *
   * @param reason why, for manifest and register
   */
  @WriteOperation
  public Map<String, @Nullable Object> backup(@org.springframework.lang.Nullable String reason) {
    return new BackupNow(backups, PATIENCE).take(reason);
  }

  private Map<String, @Nullable Object> part(String part, int most, StatusReading reading) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("readAt", reading.at().toString());
    switch (part) {
      case "backups" -> {
        map.put("total", reading.catalogue().entries().size());
        map.put(
            part,
            reading.catalogue().entries().stream().limit(most).map(StatusDocument::of).toList());
      }
      case "runs" -> runs(reading, most, map);
      default -> {
        map.put("total", reading.entries().size());
        map.put(
            part,
            StatusDocument.newest(reading.entries(), most).stream()
                .map(StatusDocument::of)
                .toList());
      }
    }
    return map;
  }

  private void runs(StatusReading reading, int most, Map<String, @Nullable Object> map) {
    Schedule schedule = backups.policy().schedule();
    String database = reading.database();
    if (schedule == null || database == null) {
      map.put("next", null);
      map.put("runs", List.of());
      return;
    }
    Instant now = clock.instant();
    RunCalendar calendar =
        RecentRuns.calendar(schedule, backups.policy().runs().grace(), reading, now.minus(RUNS));
    map.put("next", calendar.next(now).toString());
    map.put(
        "runs",
        StatusDocument.newest(calendar.between(now.minus(RUNS), now, now), most).stream()
            .map(StatusDocument::of)
            .toList());
  }

  private Map<String, @Nullable Object> unread() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("health", "UNKNOWN");
    map.put("reading", cache.failure().orElse("the storages are being read for the first time"));
    return map;
  }
}
