package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.BackupEvent.Progressed;
import java.time.Clock;
import java.time.Duration;

/** Thins out progress to about ten events a second. Belongs to one thread. */
public final class ProgressMeter {
  private static final long MILLIS_BETWEEN = 100;

  private final Events events;
  private final Clock clock;
  private final BackupId backup;
  private final Phase phase;
  private final long began;
  private long told;

  /** Begins to measure now. */
  public ProgressMeter(Events events, Clock clock, BackupId backup, Phase phase) {
    this.events = events;
    this.clock = clock;
    this.backup = backup;
    this.phase = phase;
    this.began = clock.millis();
    this.told = began;
  }

  /** Tells listeners how far the work has come, unless they were told a moment ago. */
  public void progressed(long plainBytes, long storedBytes, long tables, long rows) {
    long now = clock.millis();
    if (now - told >= MILLIS_BETWEEN) {
      told = now;
      tell(plainBytes, storedBytes, tables, rows, now);
    }
  }

  /** Tells listeners where the work ended. */
  public void ended(long plainBytes, long storedBytes, long tables, long rows) {
    tell(plainBytes, storedBytes, tables, rows, clock.millis());
  }

  private void tell(long plainBytes, long storedBytes, long tables, long rows, long now) {
    events.tell(
        new Progressed(
            backup, phase, plainBytes, storedBytes, tables, rows, Duration.ofMillis(now - began)));
  }
}
