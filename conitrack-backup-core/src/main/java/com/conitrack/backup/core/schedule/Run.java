package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.model.BackupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One expected execution of the schedule, and what became of it.
 *
 * @param due its instant
 * @param state how it stands
 * @param servedBy the first backup that was taken for it and is good; null if there is none
 * @param failures attempts of which no good backup came, oldest first
 */
public record Run(Instant due, RunState state, @Nullable Attempt servedBy, List<Attempt> failures) {
  public Run {
    failures = List.copyOf(failures);
  }

  /** Whether a good backup was taken for it. */
  public boolean served() {
    return servedBy != null;
  }

  /** The backup that serves it; null if there is none. */
  public @Nullable BackupId backup() {
    return servedBy == null ? null : servedBy.backup();
  }

  /** How long after its instant the backup that serves it began; null if there is none. */
  public @Nullable Duration delay() {
    return servedBy == null ? null : Duration.between(due, servedBy.startedAt());
  }
}
