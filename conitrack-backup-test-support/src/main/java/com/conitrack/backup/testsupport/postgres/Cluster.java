package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A data directory and the server process over it. Not safe for use by many threads. */
final class Cluster {
  /** Name of the data directory within the work directory. */
  static final String DATA = "data";

  private static final int LOG_LINES = 20;
  private static final long KILL_SECONDS = 120;

  private final Binaries binaries;
  private final ServerUser user;
  private final Path directory;
  private int launches;

  Cluster(Binaries binaries, ServerUser user, Path directory) {
    this.binaries = binaries;
    this.user = user;
    this.directory = directory;
  }

  Path data() {
    return directory.resolve(DATA);
  }

  /** Makes the data directory, with a superuser {@code postgres} and password authentication. */
  void initialise(String superuser, String password) {
    Path file = directory.resolve("password");
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, password + "\n");
      user.own(file);
      initdb(superuser, file);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("unable to prepare '" + directory + "'", e);
    }
  }

  private void initdb(String superuser, Path passwordFile) {
    List<String> command =
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + data(),
            "--username=" + superuser,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=" + (System.getProperty("os.name", "").equals("Linux") ? "C.UTF-8" : "C"),
            "--no-sync");
    Commands.Outcome outcome = Commands.run(user.command(command), directory);
    if (!outcome.isGood()) {
      throw failure(
          "unable to make a PostgreSQL data directory '" + data() + "'", outcome.output());
    }
  }

  /** Starts the server process; whether it comes up is for the caller to see. */
  Launch launch(int port, Map<String, String> settings) {
    Path log = directory.resolve("server-" + ++launches + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(binaries.program("postgres"), "-D", data().toString(), "-p", "" + port));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    ProcessBuilder builder =
        Commands.builder(user.boundCommand(command), directory)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    return new Launch(startOnLastingThread(builder), log);
  }

  /**
   * Asks the server to stop and waits until it has.
   *
   * @param mode as {@code pg_ctl stop --mode} takes it
   */
  void stop(String mode) {
    if (postmaster(data()).isEmpty()) {
      return;
    }
    List<String> command =
        List.of(binaries.program("pg_ctl"), "stop", "-w", "-m", mode, "-D", data().toString());
    Commands.Outcome outcome = Commands.run(user.command(command), directory);
    if (!outcome.isGood() && postmaster(data()).isPresent()) {
      throw failure("unable to stop the PostgreSQL server in '" + data() + "'", outcome.output());
    }
  }

  /** Kills the postmaster as {@code kill -9} does, and waits for its children to notice and end. */
  void kill() {
    postmaster(data()).ifPresent(Cluster::killAndAwait);
  }

  /**
   * The server process that runs over {@code data}, if one does. A killed one leaves its number,
   * which may be another process's by now.
   */
  static Optional<ProcessHandle> postmaster(Path data) {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      // The first line is the process id (PostgreSQL documentation, "Database File Layout").
      return lines
          .findFirst()
          .map(Long::valueOf)
          .flatMap(ProcessHandle::of)
          .filter(process -> mayRunOver(data, process));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Not every system tells how another account's process was started. */
  private static boolean mayRunOver(Path data, ProcessHandle process) {
    return process.info().commandLine().map(line -> line.contains(data.toString())).orElse(true);
  }

  /** Kills a postmaster and waits until it and its children are gone. */
  static void killAndAwait(ProcessHandle postmaster) {
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    postmaster.destroyForcibly();
    CompletableFuture<?>[] ends =
        all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).orTimeout(KILL_SECONDS, TimeUnit.SECONDS).join();
  }

  /**
   * Starts a process on a thread that lives as long as it: the kernel's parent death signal comes
   * when the thread that started the child ends, not the process (prctl(2), PR_SET_PDEATHSIG).
   */
  private static Process startOnLastingThread(ProcessBuilder builder) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread keeper =
        new Thread(
            () -> {
              try {
                Process process = builder.start();
                started.complete(process);
                process.waitFor();
              } catch (IOException | InterruptedException e) {
                started.completeExceptionally(e);
              }
            },
            "postgres-fixture");
    keeper.setDaemon(true);
    keeper.start();
    try {
      return started.join();
    } catch (CompletionException e) {
      throw failure("unable to start a PostgreSQL server", String.valueOf(e.getCause()));
    }
  }

  private static BackupException failure(String what, String why) {
    return new BackupException(ErrorKind.TOOL, what, why, "run bin/install-prerequisites");
  }

  /**
   * A server process once started.
   *
   * @param process the process
   * @param log what it writes
   */
  record Launch(Process process, Path log) {
    boolean isAlive() {
      return process.isAlive();
    }

    /** The last lines it wrote. */
    String logTail() {
      try {
        List<String> lines = Files.readAllLines(log);
        return String.join(
            "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
      } catch (IOException e) {
        return "(no log: " + e + ")";
      }
    }
  }
}
