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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Times a backup and its verification beside the shell pipelines it replaces, in turn, on one
 * private server. Every round runs each contender once; the median is printed with the extremes.
 */
public final class Benchmark {
  private static final String DATABASE = "benchmark";

  private final PostgresFixture server;
  private final Path directory;
  private final int rounds;
  private @Nullable Manifest last;

  private Benchmark(PostgresFixture server, Path directory, int rounds) {
    this.server = server;
    this.directory = directory;
    this.rounds = rounds;
  }

  /**
   * Runs the benchmark.
   *
   * @param args megabytes of plain dump (by default 800) and rounds (by default 3)
   */
  public static void main(String[] args) throws Exception {
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 800;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path directory = Files.createTempDirectory("conitrack-backup-benchmark");
    try (PostgresFixture server = PostgresFixture.start()) {
      SampleSchemas.create(server, DATABASE, SampleSchemas.bulk(megabytes));
      new Benchmark(server, directory, rounds).run();
    } finally {
      delete(directory);
    }
  }

  private void run() throws Exception {
    List<Contender> contenders =
        List.of(
            shell("pg_dump, thrown away", "\"$PG_DUMP\" >/dev/null"),
            shell("pg_dump | gzip", "\"$PG_DUMP\" | gzip >\"$DIR/peer.gz\""),
            shell("pg_dump | gzip -1", "\"$PG_DUMP\" | gzip -1 >\"$DIR/peer1.gz\""),
            ours("backup, gzip level 1, read back", GzipCodec.fast()),
            ours("backup, gzip level 6, read back", GzipCodec.level(6)),
            ours("backup, zstd, read back", ZstdCodec.create()),
            shell("gzip -t", "gzip -t \"$DIR/peer.gz\""),
            shell(
                "zcat | grep -c 'CREATE TABLE'", "zcat \"$DIR/peer.gz\" | grep -c 'CREATE TABLE'"),
            new Contender("verify STORED", () -> verify(VerificationLevel.STORED)),
            new Contender("verify CONTENT", () -> verify(VerificationLevel.CONTENT)));
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        contender.time();
      }
    }
    System.out.printf("%-36s %8s %8s %8s%n", "seconds", "min", "median", "max");
    contenders.forEach(Contender::print);
  }

  private Contender shell(String name, String command) {
    return new Contender(name, () -> run(command));
  }

  private void run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.environment().put("PGHOST", server.host());
    builder.environment().put("PGPORT", Integer.toString(server.port()));
    builder.environment().put("PGUSER", server.superuser());
    builder.environment().put("PGPASSWORD", server.password());
    builder.environment().put("PGDATABASE", DATABASE);
    builder.environment().put("PG_DUMP", server.binDirectory().resolve("pg_dump").toString());
    builder.environment().put("DIR", directory.toString());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    int exit = builder.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("'" + command + "' ended with " + exit);
    }
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

  private interface Work {
    void run() throws Exception;
  }

  private static final class Contender {
    private final String name;
    private final Work work;
    private final List<Double> seconds = new ArrayList<>();

    Contender(String name, Work work) {
      this.name = name;
      this.work = work;
    }

    void time() throws Exception {
      long began = System.nanoTime();
      work.run();
      seconds.add(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
    }

    void print() {
      double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      System.out.printf(
          "%-36s %8.2f %8.2f %8.2f%n",
          name, sorted[0], sorted[sorted.length / 2], Arrays.stream(sorted).max().orElseThrow());
    }
  }
}
