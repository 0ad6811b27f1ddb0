package com.conitrack.backup.cli;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A database with a little data, a configuration for it, and two directories for its backups. */
final class Site {
  static final String PASSWORD_VARIABLE = "SITE_PASSWORD";
  static final PostgresFixture SERVER = PostgresFixture.shared();

  private final Path directory;
  private final String database;

  private Site(Path directory, String database) {
    this.directory = directory;
    this.database = database;
  }

  static Site in(Path directory) {
    Site site = new Site(directory, SERVER.freshDatabase());
    SERVER.execute(
        site.database,
        """
        CREATE TABLE lote (id int PRIMARY KEY, nombre text NOT NULL);
        INSERT INTO lote SELECT n, 'lote ' || n FROM generate_series(1, 500) n;
        CREATE TABLE "Órden" (id int);
        INSERT INTO "Órden" VALUES (1), (2);
        """);
    site.configure("policy: {content: {minimum-tables: 2}}\n");
    return site;
  }

  /** Writes the configuration with further keys. */
  void configure(String further) {
    write(
        """
        database:
          url: %s
          user: postgres
          password: ${%s}
        storages:
          - {name: disk, type: filesystem, path: disk, create: true}
          - {name: nas, type: filesystem, path: nas, create: true}
        %s"""
            .formatted(SERVER.jdbcUrl(database), PASSWORD_VARIABLE, further));
  }

  /** The same with a storage whose directory is not there. */
  Site withoutStorages() {
    write(
        """
        database: {url: "%s", user: postgres, password: "${%s}"}
        storages:
          - {name: absent, type: filesystem, path: absent}
        """
            .formatted(SERVER.jdbcUrl(database), PASSWORD_VARIABLE));
    return this;
  }

  /** The same with its backups in a bucket of a test server. */
  void configureBucket(URI endpoint, String bucket) throws IOException {
    Files.writeString(directory.resolve("secret"), S3Server.SECRET_ACCESS_KEY);
    Files.writeString(directory.resolve("pw"), SERVER.password());
    write(
        """
        database: {url: "%s", user: postgres, password: "${%s}"}
        storages:
          - name: store
            type: s3
            endpoint: %s
            path-style: true
            bucket: %s
            prefix: conitrack
            access-key-id: %s
            secret-access-key-file: secret
        """
            .formatted(
                SERVER.jdbcUrl(database),
                PASSWORD_VARIABLE,
                endpoint,
                bucket,
                S3Server.ACCESS_KEY_ID));
  }

  /** The same with its backups in a bucket of Google's, as an account with a key file. */
  void configureGcs(URI endpoint, String bucket, String keyFile) throws IOException {
    Files.writeString(directory.resolve("gcs-key.json"), keyFile);
    Files.writeString(directory.resolve("pw"), SERVER.password());
    write(
        """
        database: {url: "%s", user: postgres, password: "${%s}"}
        storages:
          - name: gcs
            type: gcs
            endpoint: %s
            bucket: %s
            prefix: conitrack
            credentials-file: gcs-key.json
        """
            .formatted(SERVER.jdbcUrl(database), PASSWORD_VARIABLE, endpoint, bucket));
  }

  private void write(String yaml) {
    try {
      Files.writeString(directory.resolve("conitrack-backup.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String database() {
    return database;
  }

  Path directory() {
    return directory;
  }

  Run run(String... args) {
    return shell().run(args);
  }

  Run.From shell() {
    return Run.from(directory).variable(PASSWORD_VARIABLE, SERVER.password());
  }

  /** Takes a backup, which must be complete, and gives its name. */
  String backUp() {
    Run run = run("backup", "--json");
    if (run.exitCode() != ExitCode.OK) {
      throw new AssertionError("the backup ended with " + run.exitCode() + ":\n" + run.all());
    }
    return run.json().get("id").asText();
  }

  /** Files of a storage whose paths end like this, in order. */
  List<Path> files(String storage, String end) {
    try (Stream<Path> files = Files.walk(directory.resolve(storage))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(end))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes one byte in the middle of a file. */
  static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
