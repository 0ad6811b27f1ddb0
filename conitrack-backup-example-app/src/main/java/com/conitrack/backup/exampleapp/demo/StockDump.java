package com.conitrack.backup.exampleapp.demo;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** A database as pg_dump writes it: a judge that is not this library. */
final class StockDump {
  private final PostgresFixture server;

  StockDump(PostgresFixture server) {
    this.server = server;
  }

  /** SHA-256 of the dump. */
  String digest(String database) throws IOException, InterruptedException {
    String dump =
        text(database)
            .lines()
            // A key that pg_dump makes anew each time.
            .filter(line -> !line.matches("\\\\(un)?restrict .*"))
            .collect(Collectors.joining("\n"));
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(dump.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String text(String database) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            server.binDirectory().resolve("pg_dump").toString(),
            "--host=" + server.host(),
            "--port=" + server.port(),
            "--username=" + server.superuser(),
            "--dbname=" + database);
    builder.environment().put("PGPASSWORD", server.password());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException("pg_dump ended with " + exit);
    }
    return dump;
  }
}
