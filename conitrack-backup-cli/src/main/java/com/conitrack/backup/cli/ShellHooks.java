package com.conitrack.backup.cli;

import com.conitrack.backup.cli.config.HooksConfig;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.production.ApplicationHooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the configured commands in the platform's shell. They inherit standard error for what they
 * say; standard output is for results alone and goes nowhere.
 */
final class ShellHooks implements ApplicationHooks {
  private final HooksConfig config;
  private final Path directory;

  private ShellHooks(HooksConfig config, Path directory) {
    this.config = config;
    this.directory = directory;
  }

  /** The hooks, or none if none are configured. */
  static ApplicationHooks of(HooksConfig config, Path directory) {
    return config.any() ? new ShellHooks(config, directory) : NONE;
  }

  @Override
  public void stop(Context context) {
    run("stop", config.stop(), context);
  }

  @Override
  public void start(Context context) {
    run("start", config.start(), context);
  }

  private void run(String verb, @Nullable String command, Context context) {
    if (command == null) {
      return;
    }
    String what = "unable to " + verb + " the application with hooks." + verb;
    Process process = launch(what, command, context);
    try {
      if (!process.waitFor(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure(
            ErrorKind.TIMEOUT, what, "it took longer than " + config.timeout().toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failure(ErrorKind.IO, what, "it ended with " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ErrorKind.CANCELLED, what, "the work was interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private Process launch(String what, String command, Context context) {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    ProcessBuilder builder =
        new ProcessBuilder(
                windows ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command))
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> variables = builder.environment();
    variables.put("CONITRACK_BACKUP_RESTORE", context.restore());
    variables.put("CONITRACK_BACKUP_BACKUP", context.backup().value());
    variables.put("CONITRACK_BACKUP_DATABASE", context.database());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw failure(ErrorKind.TOOL, what, String.valueOf(e.getMessage()));
    }
  }

  private static BackupException failure(ErrorKind kind, String what, String why) {
    return new BackupException(
        kind, what, why, "run the command by hand to see what it says, then try again");
  }
}
