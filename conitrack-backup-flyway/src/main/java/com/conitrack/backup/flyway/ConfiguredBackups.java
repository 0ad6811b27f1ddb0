package com.conitrack.backup.flyway;

import com.conitrack.backup.core.ConitrackBackup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes backups out of a configuration file, for {@link BackupBeforeMigrate}, which Flyway makes by
 * its name and gives nothing. A service ({@link java.util.ServiceLoader}); {@code
 * conitrack-backup-cli} has one for the file of the command.
 */
public interface ConfiguredBackups {
  /**
   * Opens no connection.
   *
   * @param file the file; null for the one that is used where none is named
   * @throws RuntimeException whose message tells what is wrong with the file
   */
  ConitrackBackup of(@Nullable Path file);
}
