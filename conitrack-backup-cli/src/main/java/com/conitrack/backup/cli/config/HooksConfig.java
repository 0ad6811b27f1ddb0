package com.conitrack.backup.cli.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Commands that stop and start the application around a restore, for the platform's shell.
 *
 * @param stop stops it, null for none
 * @param start starts it, null for none
 * @param timeout how long each may take
 */
public record HooksConfig(@Nullable String stop, @Nullable String start, Duration timeout) {
  private static final Duration USUAL = Duration.ofMinutes(5);

  static HooksConfig read(Section top) {
    Section section = top.section("hooks", ConfigKeys.HOOKS);
    if (section == null) {
      return new HooksConfig(null, null, USUAL);
    }
    Duration timeout = section.duration("timeout");
    if (timeout != null && timeout.compareTo(Duration.ofSeconds(1)) < 0) {
      section.problem("timeout", "the time is too short", "give at least 1s");
    }
    return new HooksConfig(
        section.text("stop"), section.text("start"), timeout == null ? USUAL : timeout);
  }

  /** Whether any command is given. */
  public boolean any() {
    return stop != null || start != null;
  }
}
