package com.conitrack.backup.pg;

import static org.awaitility.Awaitility.await;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PgBouncer of its own before a server; {@code bin/install-prerequisites --tests} installs it.
 */
record PgBouncer(PostgresFixture server, Process process, int port) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * @param mode {@code session} or {@code transaction}
   */
  static PgBouncer start(PostgresFixture server, String mode, Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    int port = freePort();
    Path users = directory.resolve("users.txt");
    String password = server.password().replace("\"", "\"\"");
    Files.writeString(users, "\"%s\" \"%s\"\n".formatted(server.superuser(), password));
    Path settings = directory.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=%s port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        pool_mode = %s
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(server.host(), server.port(), port, users, mode));
    Process process =
        new ProcessBuilder(command(settings))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("pgbouncer.log").toFile())
            .start();
    await().atMost(PATIENCE).until(() -> answers(port) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException(
          "pgbouncer ended: " + Files.readString(directory.resolve("pgbouncer.log")));
    }
    return new PgBouncer(server, process, port);
  }

  /** It refuses to run as root. */
  private static List<String> command(Path settings) {
    Path program =
        List.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no pgbouncer: run bin/install-prerequisites --tests"));
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    return command;
  }

  PostgresConnection connection(String database) {
    return PostgresConnection.of("jdbc:postgresql://127.0.0.1:" + port + "/" + database)
        .withUser(server.superuser())
        .withPassword(server.password());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }
}
