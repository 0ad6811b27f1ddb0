package com.conitrack.backup.spring.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Names of backups.
 *
 * @param usual The pattern for triggers without one of their own.
 * @param scheduled The pattern for backups the schedule asked for.
 * @param preChange The pattern for backups before a migration or update.
 * @param manual The pattern for backups asked for by a person.
 * @param preRestore The pattern for safety backups before a restore.
 * @param adopted The pattern for backups made by another tool.
 */
public record NamingProperties(
    @Name("default") @Nullable String usual,
    @Nullable String scheduled,
    @Nullable String preChange,
    @Nullable String manual,
    @Nullable String preRestore,
    @Nullable String adopted) {
  /** One pattern for all. */
  public static NamingProperties of(String pattern) {
    return new NamingProperties(pattern, null, null, null, null, null);
  }
}
