package com.conitrack.backup.cli;

import com.conitrack.backup.cli.config.Config;
import com.conitrack.backup.cli.config.ConfigFiles;
import com.conitrack.backup.cli.config.ConfigLoader;
import com.conitrack.backup.cli.output.Shell;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.flyway.ConfiguredBackups;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The backups of the command's configuration file, for Flyway's tools. */
public final class FileBackups implements ConfiguredBackups {
  /** For {@link java.util.ServiceLoader}. */
  public FileBackups() {}

  @Override
  public ConitrackBackup of(@Nullable Path file) {
    Shell shell = Shell.ofProcess();
    Path found = ConfigFiles.find(file, shell.variables(), shell.directory(), shell.home());
    Config config = new ConfigLoader(shell.variables(), shell.home()).load(found);
    return Assembly.of(config, shell.clock(), null, null);
  }
}
