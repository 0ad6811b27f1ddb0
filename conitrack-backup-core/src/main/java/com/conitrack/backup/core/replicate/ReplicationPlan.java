package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which copies are wanting, and from where each would be made up.
 *
 * @param database the database whose backups were looked at
 * @param createdAt when
 * @param tasks what can be done, newest backup first
 * @param obstacles what is wanting and cannot be made up now
 */
public record ReplicationPlan(
    String database, Instant createdAt, List<ReplicationTask> tasks, List<Obstacle> obstacles) {
  public ReplicationPlan {
    tasks = List.copyOf(tasks);
    obstacles = List.copyOf(obstacles);
  }

  /** Whether every copy that should be there is there and proved. */
  public boolean nothingWanting() {
    return tasks.isEmpty() && obstacles.isEmpty();
  }

  /** How many stored bytes are to be copied, for all that is known before. */
  public long bytesToCopy() {
    return tasks.stream()
        .filter(task -> task.reason().copiesBytes())
        .mapToLong(task -> task.entry().manifest().dump().stored().bytes())
        .sum();
  }

  /**
   * Something that cannot be made up.
   *
   * @param backup the backup, null if all in that storage are meant
   * @param storage the storage
   * @param kind what sort of obstacle it is
   * @param why in words, with what to do
   */
  public record Obstacle(@Nullable BackupId backup, String storage, ErrorKind kind, String why) {}
}
