package com.conitrack.backup.exampleapp.demo;

import com.conitrack.backup.exampleapp.stock.StockApplication;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Where the application runs: a database on a server, a directory for its backups and logs, and the
 * configuration of the operator's command.
 */
final class Site {
  static final String DATABASE = "conitrack";

  private final PostgresFixture server;
  private final Path directory;

  private Site(PostgresFixture server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /** Makes the empty database, the directories and the configuration. */
  static Site create(PostgresFixture server, Path directory) throws IOException {
    server.createDatabase(DATABASE);
    Site site = new Site(server, directory);
    Files.createDirectories(site.backups());
    site.configureCommand();
    return site;
  }

  private void configureCommand() throws IOException {
    Path password = directory.resolve("password");
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, server.password());
    Files.writeString(
        directory.resolve("conitrack-backup.yaml"),
        """
        database:
          url: %s
          user: %s
          password-file: password
          tools: %s
        storages:
          - {type: filesystem, name: filesystem, path: backups}
        """
            .formatted(server.jdbcUrl(DATABASE), server.superuser(), server.binDirectory()));
  }

  Path directory() {
    return directory;
  }

  Path backups() {
    return directory.resolve("backups");
  }

  /** What the application of that release logged. */
  String log(String release) throws IOException {
    return Files.readString(logFile(release));
  }

  Path logFile(String release) {
    return directory.resolve("logs").resolve("release-" + release + ".log");
  }

  /**
   * Starts the application with the migrations of releases up to the last one named.
   *
   * @throws RuntimeException if it does not start
   */
  ConfigurableApplicationContext start(int port, String... releases) {
    String locations =
        Stream.of(releases)
            .map(each -> "classpath:releases/" + each)
            .collect(Collectors.joining(","));
    String[] arguments =
        List.of(
                "--spring.flyway.locations=" + locations,
                "--spring.datasource.url=" + server.jdbcUrl(DATABASE),
                "--spring.datasource.username=" + server.superuser(),
                "--spring.datasource.password=" + server.password(),
                "--stock.backups=" + backups(),
                "--conitrack.backup.database.tools=" + server.binDirectory(),
                // The demonstration takes none but those before migrations.
                "--conitrack.backup.schedule.enabled=false",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.main.banner-mode=off",
                "--logging.threshold.console=off",
                "--logging.file.name=" + logFile(releases[releases.length - 1]))
            .toArray(String[]::new);
    return SpringApplication.run(StockApplication.class, arguments);
  }

  /** Digest of the database as PostgreSQL's own pg_dump writes it. */
  String digest() throws IOException, InterruptedException {
    return new StockDump(server).digest(DATABASE);
  }

  /**
   * Types a command in the site's directory, with {@code conitrack-backup} on the path.
   *
   * @return what it printed
   * @throws IllegalStateException if it does not end with 0
   */
  String type(String command, Path commands) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", commands.toString(), (path, first) -> first + ":" + path);
    // Such starts are short.
    builder.environment().put("CONITRACK_BACKUP_OPTS", "-XX:TieredStopAtLevel=1");
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes());
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException("'" + command + "' ended with " + exit + ":\n" + printed);
    }
    return printed;
  }
}
