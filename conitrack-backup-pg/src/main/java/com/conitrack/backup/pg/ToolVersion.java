package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a tool its version. */
final class ToolVersion {
  private static final int MAX_BYTES = 1000;
  private static final int SECONDS = 10;

  private ToolVersion() {}

  /**
   * The version; empty where the file is no working tool of PostgreSQL.
   *
   * @throws DatabaseException {@code CANCELLED} if the thread is interrupted
   */
  static Optional<ServerVersion> ask(Path executable) {
    ProcessBuilder builder =
        new ProcessBuilder(executable.toString(), "--version")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try {
        return read(process);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          ErrorKind.CANCELLED,
          "unable to ask '" + executable + "' for its version",
          "the thread was interrupted",
          null,
          e);
    }
  }

  /** So short an answer fits into the pipe: waiting for the end first cannot block the tool. */
  private static Optional<ServerVersion> read(Process process)
      throws IOException, InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      return Optional.empty();
    }
    String answer =
        new String(process.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    return answer.contains("(PostgreSQL)")
        ? Optional.of(ServerVersion.parse(answer.replace("(PostgreSQL)", "")))
        : Optional.empty();
  }
}
