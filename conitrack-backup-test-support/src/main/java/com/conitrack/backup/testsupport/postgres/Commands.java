package com.conitrack.backup.testsupport.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs short commands to their end. */
final class Commands {
  private Commands() {}

  /**
   * How a command ended.
   *
   * @param exitCode its exit code
   * @param output what it wrote to standard output and standard error, in one
   */
  record Outcome(int exitCode, String output) {
    boolean isGood() {
      return exitCode == 0;
    }
  }

  /**
   * Runs a command.
   *
   * @param directory its working directory
   * @throws UncheckedIOException if it cannot be started
   */
  static Outcome run(List<String> command, Path directory) {
    try {
      Process process = builder(command, directory).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(waitFor(process), output.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("unable to run '" + command.get(0) + "'", e);
    }
  }

  /** A builder whose child sees none of the PostgreSQL settings that this process may have. */
  static ProcessBuilder builder(List<String> command, Path directory) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C");
    environment.put("HOME", directory.toString());
    return builder;
  }

  private static int waitFor(Process process) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
