package com.conitrack.backup.examples;

import com.conitrack.backup.archive.DirectoryTarCodec;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.dump.RestoreFilter;
import com.conitrack.backup.core.port.DatabaseRestorer.DumpBody;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.pg.PgArchives;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Times the loading of a dump of many tables, of sizes from 1 to 20, each with a key and an index,
 * as SQL and in pg_dump's custom and directory formats. What the library does includes what proves
 * the dump, as a real restore does.
 */
final class RestoreBenchmark {
  private static final String SOURCE = "many_tables";
  private static final String TARGET = "restored";
  private static final int TABLES = 40;

  /** Bytes that a row takes in the dump, about. */
  private static final int ROW = 110;

  private static final String TABLE =
      """
      CREATE TABLE t%1$d (id bigint PRIMARY KEY, codigo text NOT NULL, detalle text, fecha timestamptz);
      INSERT INTO t%1$d SELECT n, 'L-' || n, md5(n::text) || md5('b' || n), timestamptz '2025-01-01' + n * interval '1 s'
        FROM generate_series(1, %2$d) n;
      CREATE INDEX ON t%1$d (codigo);
      """;

  private final PostgresFixture server;
  private final Path directory;
  private final Shell shell;
  private final PgArchives archives;
  private final int rounds;

  RestoreBenchmark(PostgresFixture server, Path directory, int rounds) {
    this.server = server;
    this.directory = directory;
    this.shell = new Shell(server, directory);
    this.archives = PgArchives.withToolsIn(server.binDirectory());
    this.rounds = rounds;
  }

  void run(int megabytes) throws Exception {
    create(megabytes);
    shell.run("\"$BIN/pg_dump\" | gzip -1 >\"$DIR/many.sql.gz\"", SOURCE);
    shell.run("\"$BIN/pg_dump\" -Fc -f \"$DIR/many.dump\"", SOURCE);
    shell.run(
        "\"$BIN/pg_dump\" -Fd -j2 -f \"$DIR/many\" && tar -cf \"$DIR/many.tar\" -C \"$DIR\" many",
        SOURCE);
    server.dropDatabase(SOURCE);
    List<Contender> contenders = new ArrayList<>();
    addSql(contenders);
    addCustom(contenders);
    addDirectory(contenders);
    Contender.race(contenders, rounds);
  }

  private void addSql(List<Contender> contenders) {
    contenders.add(
        shell(
            "SQL, gunzip | psql -1",
            "gunzip -c \"$DIR/many.sql.gz\" | \"$BIN/psql\" -X -q -1 -v ON_ERROR_STOP=1"));
    addOurs(contenders, "SQL", "many.sql.gz", GzipCodec.fast());
  }

  private void addCustom(List<Contender> contenders) {
    addTools(contenders, "custom", "\"$DIR/many.dump\"");
    addOurs(contenders, "custom", "many.dump", archives.custom());
  }

  /** The tools are given the directory itself, ours a tar of it. */
  private void addDirectory(List<Contender> contenders) {
    addTools(contenders, "directory", "\"$DIR/many\"");
    addOurs(
        contenders,
        "directory",
        "many.tar",
        DirectoryTarCodec.create(archives.directories(), directory));
  }

  private void addTools(List<Contender> contenders, String form, String file) {
    String tool = "\"$BIN/pg_restore\" ";
    contenders.add(
        shell(
            form + ", pg_restore -f - | psql -1",
            tool + "-f - " + file + " | \"$BIN/psql\" -X -q -1 -v ON_ERROR_STOP=1"));
    contenders.add(shell(form + ", pg_restore", tool + "-d restored " + file));
    contenders.add(shell(form + ", pg_restore -j2", tool + "-j2 -d restored " + file));
  }

  private void addOurs(List<Contender> contenders, String form, String file, StreamCodec codec) {
    Path dump = directory.resolve(file);
    String name = form + ", restore in ";
    contenders.add(
        ours(name + "one transaction", dump, codec, RestoreOptions.whole(Duration.ofHours(1))));
    contenders.add(ours(name + "parts, 1 connection", dump, codec, inParts(1)));
    contenders.add(ours(name + "parts, 2 connections", dump, codec, inParts(2)));
    contenders.add(ours(name + "parts, 4 connections", dump, codec, inParts(4)));
  }

  private void create(int megabytes) {
    server.createDatabase(SOURCE);
    long rows = megabytes * 1_000_000L / ROW;
    int shares = 0;
    for (int i = 0; i < TABLES; i++) {
      shares += 1 + i % 20;
    }
    for (int i = 0; i < TABLES; i++) {
      server.execute(SOURCE, String.format(TABLE, i, rows * (1 + i % 20) / shares));
    }
  }

  private static RestoreOptions inParts(int connections) {
    return RestoreOptions.inParts(Duration.ofHours(1)).withConnections(connections);
  }

  private Contender shell(String name, String command) {
    return new Contender(name, this::empty, () -> shell.run(command, TARGET));
  }

  private Contender ours(String name, Path dump, StreamCodec codec, RestoreOptions options) {
    PostgresDatabase target =
        PostgresDatabase.of(
            PostgresConnection.of(server.jdbcUrl(TARGET))
                .withUser(server.superuser())
                .withPassword(server.password()));
    return new Contender(
        name, this::empty, () -> target.restorer().restore(body(dump, codec, options), options));
  }

  private static DumpBody body(Path dump, StreamCodec codec, RestoreOptions options) {
    RestoreFilter.Brackets brackets =
        options.isWhole() ? RestoreFilter.Brackets.LEFT_OUT : RestoreFilter.Brackets.KEPT;
    return sink -> {
      RestoreFilter filter = new RestoreFilter(sink, brackets);
      DumpInspector inspector = new DumpInspector();
      byte[] buffer = new byte[256 * 1024];
      try (InputStream plain = codec.decode(Files.newInputStream(dump))) {
        for (int n = plain.read(buffer); n >= 0; n = plain.read(buffer)) {
          inspector.accept(buffer, 0, n);
          filter.accept(buffer, 0, n);
        }
      }
      filter.finish();
      if (!inspector.finish().whole()) {
        throw new IllegalStateException("the dump is not whole");
      }
    };
  }

  /** What one contender has left to be written to disk does not fall to the next. */
  private void empty() {
    server.dropDatabase(TARGET);
    server.createDatabase(TARGET);
    server.execute(TARGET, "CHECKPOINT");
  }
}
