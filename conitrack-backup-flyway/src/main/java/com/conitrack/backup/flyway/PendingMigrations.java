package com.conitrack.backup.flyway;

import com.conitrack.backup.core.model.SchemaChange;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jspecify.annotations.Nullable;

/** Asks Flyway what it is about to run. */
final class PendingMigrations {
  private PendingMigrations() {}

  /** Flyway reads its history and the scripts for it. */
  static SchemaChange of(Flyway flyway) {
    MigrationInfoService info = flyway.info();
    MigrationInfo current = info.current();
    List<MigrationInfo> pending = List.of(info.pending());
    return new SchemaChange(
        "Flyway",
        current == null ? null : version(current),
        pending.stream()
            .map(PendingMigrations::version)
            .filter(Objects::nonNull)
            .reduce((earlier, later) -> later)
            .orElse(null),
        pending.stream().map(PendingMigrations::script).toList());
  }

  private static @Nullable String version(MigrationInfo migration) {
    return migration.getVersion() == null ? null : migration.getVersion().getVersion();
  }

  private static SchemaChange.Script script(MigrationInfo migration) {
    Integer checksum = migration.getChecksum();
    return new SchemaChange.Script(
        migration.getScript(), checksum == null ? null : checksum.toString());
  }
}
