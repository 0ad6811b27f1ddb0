package com.conitrack.backup.flyway;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jspecify.annotations.Nullable;

/**
 * What Flyway is about to run.
 *
 * @param current the schema's version, null if it has none
 * @param target the version it will have, null if only repeatable scripts are pending
 * @param scripts name and checksum of each, in order
 */
record PendingMigrations(@Nullable String current, @Nullable String target, List<String> scripts) {
  private static final int SHOWN = 20;

  PendingMigrations {
    scripts = List.copyOf(scripts);
  }

  /** Asks Flyway, which reads its history and the scripts. */
  static PendingMigrations of(Flyway flyway) {
    MigrationInfoService info = flyway.info();
    MigrationInfo current = info.current();
    List<MigrationInfo> pending = List.of(info.pending());
    return new PendingMigrations(
        current == null ? null : version(current),
        pending.stream()
            .map(PendingMigrations::version)
            .filter(Objects::nonNull)
            .reduce((earlier, later) -> later)
            .orElse(null),
        pending.stream().map(PendingMigrations::script).toList());
  }

  boolean none() {
    return scripts.isEmpty();
  }

  /** For the manifest and the register: {@code Flyway: version 3 to 4: V4__lots.sql (12345)}. */
  String inWords() {
    String versions =
        target == null
            ? "repeatable scripts"
            : "version " + (current == null ? "none" : current) + " to " + target;
    String shown = scripts.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int left = scripts.size() - SHOWN;
    return "Flyway: " + versions + ": " + shown + (left > 0 ? " and " + left + " more" : "");
  }

  private static @Nullable String version(MigrationInfo migration) {
    return migration.getVersion() == null ? null : migration.getVersion().getVersion();
  }

  private static String script(MigrationInfo migration) {
    Integer checksum = migration.getChecksum();
    return migration.getScript() + (checksum == null ? "" : " (checksum " + checksum + ")");
  }
}
