package com.conitrack.backup.flyway;

import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The {@link MigrationGate} for Flyway's Maven and Gradle plugins and its command line, which know
 * callbacks by their names: {@code
 * flyway.callbacks=com.conitrack.backup.flyway.BackupBeforeMigrate}. The backups are those of a
 * configuration file, which {@code conitrack-backup-cli} reads.
 *
 * <p>Two settings, each a placeholder of Flyway's or else a system property: {@value #FILE} names
 * the file, from Flyway's working directory, where it is not the one that the command uses; {@value
 * #OVERRIDE}, for an emergency, is the reason for which migrations run without a backup (see {@link
 * MigrationGate#migratingWithoutBackup}).
 *
 * <p>Without a configuration that can be used nothing is migrated. Compiled against Flyway 11.14;
 * it also runs on older ones, which call the same methods by their more precise signatures.
 */
public final class BackupBeforeMigrate implements Callback {
  static final String FILE = "conitrack.backup.config";
  static final String OVERRIDE = "conitrack.backup.flyway.migrate-without-backup";

  private volatile @Nullable GateCallback gate;

  /** For Flyway. Reads nothing yet: an error is told best when a migration is asked for. */
  public BackupBeforeMigrate() {}

  @Override
  public boolean supports(Event event, Context context) {
    return GateCallback.handles(event);
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public String getCallbackName() {
    return GateCallback.NAME;
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.BEFORE_MIGRATE) {
      gate = new GateCallback(gate(context.getConfiguration()));
    }
    GateCallback asked = gate;
    if (asked != null) {
      asked.handle(event, context);
    }
  }

  private static MigrationGate gate(Configuration flyway) {
    MigrationGate gate = MigrationGate.of(source().of(file(flyway)));
    String reason = setting(OVERRIDE, flyway);
    return reason == null ? gate : gate.migratingWithoutBackup(reason);
  }

  private static @Nullable Path file(Configuration flyway) {
    String file = setting(FILE, flyway);
    if (file == null) {
      return null;
    }
    String directory = flyway.getWorkingDirectory();
    return directory == null ? Path.of(file) : Path.of(directory).resolve(file);
  }

  private static @Nullable String setting(String name, Configuration flyway) {
    String placeholder = flyway.getPlaceholders().get(name);
    return placeholder == null ? System.getProperty(name) : placeholder;
  }

  private static ConfiguredBackups source() {
    return ServiceLoader.load(ConfiguredBackups.class, BackupBeforeMigrate.class.getClassLoader())
        .findFirst()
        .orElseThrow(BackupBeforeMigrate::noSource);
  }

  private static ConfigurationException noSource() {
    return new ConfigurationException(
        "unable to set up the backup before a migration",
        List.of(
            new PolicyProblem(
                "flyway.callbacks",
                "nothing is there that reads the configuration of backups",
                "put com.conitrack.backup:conitrack-backup-cli beside Flyway")));
  }
}
