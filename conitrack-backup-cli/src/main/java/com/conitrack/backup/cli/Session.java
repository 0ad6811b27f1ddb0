package com.conitrack.backup.cli;

import com.conitrack.backup.cli.config.Config;
import com.conitrack.backup.cli.config.ConfigFiles;
import com.conitrack.backup.cli.config.ConfigLoader;
import com.conitrack.backup.cli.output.Output;
import com.conitrack.backup.cli.output.ProgressLine;
import com.conitrack.backup.cli.output.Shell;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupId;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One execution of the command: what was given, and what is made of it when it is needed. */
final class Session {
  private final Shell shell;
  private final GlobalOptions options;
  private @Nullable Output output;
  private @Nullable Config config;
  private @Nullable ConitrackBackup backup;
  private @Nullable ProgressLine progress;

  Session(Shell shell, GlobalOptions options) {
    this.shell = shell;
    this.options = options;
  }

  Shell shell() {
    return shell;
  }

  /** To be asked for only once the command line has been read. */
  Output output() {
    Output made = output;
    if (made == null) {
      made = new Output(shell, options.json, options.quiet, options.verbose);
      output = made;
    }
    return made;
  }

  Config config() {
    Config loaded = config;
    if (loaded == null) {
      Path named = options.config == null ? null : shell.directory().resolve(options.config);
      Path file = ConfigFiles.find(named, shell.variables(), shell.directory(), shell.home());
      loaded = new ConfigLoader(shell.variables(), shell.home()).load(file);
      config = loaded;
    }
    return loaded;
  }

  /** The library, assembled as the configuration says. */
  ConitrackBackup backup() {
    ConitrackBackup assembled = backup;
    if (assembled == null) {
      progress = drawsProgress() ? new ProgressLine(shell.err()) : null;
      assembled = Assembly.of(config(), shell.clock(), options.actor, progress);
      backup = assembled;
    }
    return assembled;
  }

  /** Lets a bar be drawn; asks only if there is one. */
  void expect(ToLongFunction<BackupId> plainBytes) {
    if (progress != null) {
      progress.expect(plainBytes);
    }
  }

  void clearProgress() {
    if (progress != null) {
      progress.clear();
    }
  }

  /** Whether progress is drawn. */
  boolean drawsProgress() {
    boolean able = shell.terminals().err() && !"dumb".equals(shell.variables().get("TERM"));
    return able && !options.quiet && !options.noProgress;
  }
}
