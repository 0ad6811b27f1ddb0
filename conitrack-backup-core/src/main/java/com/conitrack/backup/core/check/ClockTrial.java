package com.conitrack.backup.core.check;

import com.conitrack.backup.core.port.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Compares what the storage dates an object with the time here. */
final class ClockTrial {
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private ClockTrial() {}

  static Verdict carryOut(Bench bench) {
    String key = bench.key("clock");
    Instant before = bench.clock().instant();
    bench.put(key, Bench.bytesFor(key));
    Instant after = bench.clock().instant();
    Optional<StoredObject> found = bench.storage().find(key);
    if (found.isEmpty()) {
      return Verdict.failed("it does not find what was just written");
    }
    Instant dated = found.get().modified();
    Duration apart = apart(before, dated, after);
    String told = "its clock and ours are %d s apart".formatted(apart.toSeconds());
    return apart.compareTo(TOLERANCE) <= 0
        ? Verdict.proved(told)
        : Verdict.failed(told, "let both hosts take their time from NTP");
  }

  /** How far {@code dated} lies outside of the time it must lie in; whole seconds are enough. */
  private static Duration apart(Instant before, Instant dated, Instant after) {
    if (dated.isBefore(before.minusSeconds(2))) {
      return Duration.between(dated, before);
    }
    return dated.isAfter(after) ? Duration.between(after, dated) : Duration.ZERO;
  }
}
