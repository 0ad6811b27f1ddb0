package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client tool at work, for the thread that started it. Closing ends it, whatever state it is in.
 */
final class ToolProcess implements AutoCloseable {
  private static final int GRACE_SECONDS = 3;
  private static final long STDERR_MILLIS = 5_000;

  private final Process process;
  private final @Nullable PrivateDirectory secrets;
  private final StderrCapture stderr;
  private final Watchdog watchdog;
  private final Duration timeout;
  private final String what;

  ToolProcess(
      Process process,
      @Nullable PrivateDirectory secrets,
      String tool,
      Duration timeout,
      String what) {
    this.process = process;
    this.secrets = secrets;
    this.timeout = timeout;
    this.what = what;
    this.stderr = StderrCapture.start(process.getErrorStream(), tool);
    this.watchdog = Watchdog.start(process.toHandle(), timeout);
  }

  InputStream stdout() {
    return process.getInputStream();
  }

  OutputStream stdin() {
    return process.getOutputStream();
  }

  /** What the tool said, without empty lines and without places in the server's source. */
  List<String> said() {
    return stderr
        .text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("LOCATION:"))
        .toList();
  }

  /** To be told when the tool has connected: the password is not needed any more and is removed. */
  void connected() {
    if (secrets != null) {
      secrets.close();
    }
  }

  /** Waits for its end and returns its exit code. An interrupt meanwhile stops it. */
  int awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        stderr.await(STDERR_MILLIS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        watchdog.cancel();
        kill(process.toHandle());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  /** Throws if the tool did not end by itself but was stopped from here. */
  void throwIfStopped(@Nullable Throwable cause) {
    switch (watchdog.stop()) {
      case TIMEOUT ->
          throw new DatabaseException(
              ErrorKind.TIMEOUT,
              what,
              "it was not done within " + timeout + " and was stopped",
              "allow more time, or find out what it waited for",
              cause);
      case CANCELLED ->
          throw new DatabaseException(
              ErrorKind.CANCELLED, what, "the thread was interrupted", null, cause);
      case NONE -> {}
    }
  }

  /** Ends it now. */
  void kill() {
    kill(process.toHandle());
  }

  @Override
  public void close() {
    kill();
    watchdog.close();
    connected();
  }

  /**
   * Asks a process and what it started to end, which lets pg_dump cancel its query on the server;
   * those that do not are ended by force.
   */
  static void kill(ProcessHandle process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    family.forEach(ProcessHandle::destroy);
    awaitEnd(process);
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Still there: force follows.
    }
  }
}
