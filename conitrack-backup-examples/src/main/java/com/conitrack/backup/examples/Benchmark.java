package com.conitrack.backup.examples;

import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Times a backup, its verification and its restore beside the shell pipelines they replace, in
 * turn, on one private server. Every round runs each contender once; the median is printed with the
 * extremes.
 */
public final class Benchmark {
  private static final String DATABASE = "benchmark";

  private final PostgresFixture server;
  private final Path directory;
  private final Shell shell;
  private final int rounds;
  private @Nullable Manifest last;

  private Benchmark(PostgresFixture server, Path directory, int rounds) {
    this.server = server;
    this.directory = directory;
    this.shell = new Shell(server, directory);
    this.rounds = rounds;
  }

  /**
   * Runs the benchmark.
   *
   * @param args megabytes of plain dump (by default 800), rounds (by default 3), and {@code
   *     restore} if only restores are to be timed
   */
  public static void main(String[] args) throws Exception {
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 800;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    boolean onlyRestores = args.length > 2 && args[2].equals("restore");
    Path directory = Files.createTempDirectory("conitrack-backup-benchmark");
    try (PostgresFixture server = PostgresFixture.start()) {
      if (!onlyRestores) {
        SampleSchemas.create(server, DATABASE, SampleSchemas.bulk(megabytes));
        new Benchmark(server, directory, rounds).run();
        server.dropDatabase(DATABASE);
      }
      new RestoreBenchmark(server, directory, rounds).run(megabytes);
    } finally {
      delete(directory);
    }
  }

  private void run() throws Exception {
    List<Contender> contenders =
        List.of(
            shell("pg_dump, thrown away", "\"$BIN/pg_dump\" >/dev/null"),
            shell("pg_dump | gzip", "\"$BIN/pg_dump\" | gzip >\"$DIR/peer.gz\""),
            shell("pg_dump | gzip -1", "\"$BIN/pg_dump\" | gzip -1 >\"$DIR/peer1.gz\""),
            ours("backup, gzip level 1, read back", GzipCodec.fast()),
            ours("backup, gzip level 6, read back", GzipCodec.level(6)),
            ours("backup, zstd, read back", ZstdCodec.create()),
            shell("gzip -t", "gzip -t \"$DIR/peer.gz\""),
            shell(
                "zcat | grep -c 'CREATE TABLE'", "zcat \"$DIR/peer.gz\" | grep -c 'CREATE TABLE'"),
            new Contender("verify STORED", () -> verify(VerificationLevel.STORED)),
            new Contender("verify CONTENT", () -> verify(VerificationLevel.CONTENT)));
    Contender.race(contenders, rounds);
  }

  private Contender shell(String name, String command) {
    return new Contender(name, () -> shell.run(command, DATABASE));
  }

  private Contender ours(String name, StreamCodec codec) {
    return new Contender(name, () -> last = backups(codec).backup(Trigger.MANUAL).orThrow());
  }

  private ConitrackBackup backups(StreamCodec codec) {
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.of(
                PostgresConnection.of(server.jdbcUrl(DATABASE))
                    .withUser(server.superuser())
                    .withPassword(server.password())))
        .storage(FileSystemStorage.at("local", directory))
        .codecs(codec)
        .build();
  }

  private void verify(VerificationLevel level) {
    Manifest newest = Objects.requireNonNull(last);
    if (!backups(ZstdCodec.create()).verify(newest.id(), level).proved()) {
      throw new IllegalStateException("not proved");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
