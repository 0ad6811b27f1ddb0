package com.conitrack.backup.examples;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Path;

/** Runs what an operator would type, connected to a database. */
final class Shell {
  private final PostgresFixture server;
  private final Path directory;

  /**
   * @param directory what {@code $DIR} stands for
   */
  Shell(PostgresFixture server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /** Tools are {@code $BIN/…}; what they say is thrown away. */
  void run(String command, String database) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.environment().put("PGHOST", server.host());
    builder.environment().put("PGPORT", Integer.toString(server.port()));
    builder.environment().put("PGUSER", server.superuser());
    builder.environment().put("PGPASSWORD", server.password());
    builder.environment().put("PGDATABASE", database);
    builder.environment().put("BIN", server.binDirectory().toString());
    builder.environment().put("DIR", directory.toString());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    int exit = builder.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("'" + command + "' ended with " + exit);
    }
  }
}
