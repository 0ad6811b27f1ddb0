package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was tried or taken for a run.
 *
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param backup its name; that of a failed one stands for no object
 * @param by who took it, and where
 * @param problem why no good backup came of it; null if one did
 * @param kept whether there was a backup, good or degraded
 */
public record Attempt(
    Instant startedAt,
    Instant endedAt,
    BackupId backup,
    Actor by,
    @Nullable String problem,
    boolean kept) {

  /** Whether a good backup came of it. */
  public boolean succeeded() {
    return problem == null;
  }
}
