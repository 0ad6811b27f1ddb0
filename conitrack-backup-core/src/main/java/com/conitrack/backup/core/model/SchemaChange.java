package com.conitrack.backup.core.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a migration tool is about to do to a schema: what a {@code PRE_CHANGE} backup precedes.
 *
 * @param tool what migrates, such as {@code Flyway}
 * @param currentVersion the version that the schema has; null if it has none
 * @param targetVersion the version that it is to have; null if the scripts have no versions
 * @param pendingScripts what is to be run, in that order
 */
public record SchemaChange(
    String tool,
    @Nullable String currentVersion,
    @Nullable String targetVersion,
    List<Script> pendingScripts) {
  private static final int SHOWN = 20;

  public SchemaChange {
    pendingScripts = List.copyOf(pendingScripts);
  }

  /**
   * One step of it.
   *
   * @param name as its tool calls it
   * @param checksum the tool's own of what it is to run; null if it has none
   */
  public record Script(String name, @Nullable String checksum) {
    @Override
    public String toString() {
      return name + (checksum == null ? "" : " (checksum " + checksum + ")");
    }
  }

  /** Whether there is nothing to do. */
  public boolean nothing() {
    return pendingScripts.isEmpty();
  }

  /** From which version to which: {@code version 3 to 4}. */
  public String versions() {
    return targetVersion == null
        ? "repeatable scripts"
        : "version " + (currentVersion == null ? "none" : currentVersion) + " to " + targetVersion;
  }

  /** In a line that names the first scripts: {@code Flyway: version 3 to 4: V4__lots.sql}. */
  public String inWords() {
    String shown =
        pendingScripts.stream()
            .limit(SHOWN)
            .map(Script::toString)
            .collect(Collectors.joining(", "));
    int left = pendingScripts.size() - SHOWN;
    return tool + ": " + versions() + ": " + shown + (left > 0 ? " and " + left + " more" : "");
  }
}
