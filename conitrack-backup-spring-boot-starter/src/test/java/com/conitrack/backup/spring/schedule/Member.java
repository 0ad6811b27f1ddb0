package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.testsupport.net.FaultProxy;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@link Replica} at work: its process, the file that it tells in, and its way to ShedLock. */
final class Member {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;
  private final FaultProxy wayToLock;

  private Member(Process process, Path output, FaultProxy wayToLock) {
    this.process = process;
    this.output = output;
    this.wayToLock = wayToLock;
  }

  static Member start(
      Replica.Lock lock, PostgresFixture server, String database, Path directory, int number)
      throws IOException {
    FaultProxy proxy = FaultProxy.to(new InetSocketAddress(server.host(), server.port()));
    Path output = directory.resolve("replica-" + number);
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Replica.class.getName(),
            lock.name(),
            server.jdbcUrl(database),
            lockUrl(proxy, database),
            directory.resolve("backups").toString(),
            directory.resolve("due").toString());
    command.environment().put("REPLICA_PASSWORD", server.password());
    command.redirectOutput(output.toFile());
    command.redirectError(output.resolveSibling(output.getFileName() + ".err").toFile());
    return new Member(command.start(), output, proxy);
  }

  /** As the documentation says: one that stands still before its commit would stop all. */
  private static String lockUrl(FaultProxy proxy, String database) {
    return "jdbc:postgresql://127.0.0.1:"
        + proxy.address().getPort()
        + "/"
        + database
        + "?options=-c%20idle_in_transaction_session_timeout=2s";
  }

  /** Cuts what leads to ShedLock's table, until {@link #rejoinLock()}. */
  void cutFromLock() {
    wayToLock.refuse();
  }

  void rejoinLock() {
    wayToLock.calm();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
  }

  void pause() throws Exception {
    signal("STOP");
  }

  void goOn() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  String told() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that it said on either way out, and whether it is still there. */
  String account() {
    try {
      return output.getFileName()
          + (process.isAlive() ? ", alive:\n" : ", ended:\n")
          + told()
          + Files.readString(errors());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path errors() {
    return output.resolveSibling(output.getFileName() + ".err");
  }

  /** How many lines begin so. */
  long count(String beginning) {
    return told().lines().filter(line -> line.startsWith(beginning)).count();
  }

  void await(String beginning) {
    Awaitility.await().atMost(PATIENCE).until(() -> count(beginning) > 0);
  }

  void end() throws InterruptedException {
    kill();
    wayToLock.close();
  }
}
