package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A server that runs from programs of this machine, in a directory of its own. */
final class LocalServer implements Server {
  private static final String HOST = "127.0.0.1";
  private static final int NONE = 0;

  private final WorkDirectory directory;
  private final Binaries binaries;
  private final Cluster cluster;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final String password;
  private volatile int port = NONE;

  LocalServer(Binaries binaries, Map<String, String> settings, String password) {
    ServerUser user = ServerUser.current();
    this.binaries = binaries;
    this.password = password;
    this.settings.put("listen_addresses", HOST);
    this.settings.put("unix_socket_directories", "");
    this.settings.putAll(settings);
    this.directory = WorkDirectory.create(user);
    this.cluster = new Cluster(binaries, user, directory.path());
  }

  @Override
  public void start() {
    int wanted = port;
    if (wanted == NONE) {
      cluster.initialise(Endpoint.SUPERUSER, password);
    }
    awaitStart(wanted);
  }

  /**
   * Starts the process until it answers. Another process may take the port meanwhile, and after a
   * kill the old server's shared memory may linger for a moment: both pass.
   */
  private void awaitStart(int wanted) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      port = wanted == NONE ? FreePort.find() : wanted;
      Cluster.Launch launch = cluster.launch(port, settings);
      if (endpoint().answers(launch::isAlive, deadline)) {
        return;
      }
      String log = launch.logTail();
      if (System.nanoTime() > deadline || !mayPass(log)) {
        throw notStarted(log);
      }
      Endpoint.pause();
    }
  }

  private static boolean mayPass(String log) {
    return log.contains("could not create any TCP/IP sockets")
        || log.contains("Address already in use")
        || log.contains("pre-existing shared memory block");
  }

  private BackupException notStarted(String log) {
    return new BackupException(
        ErrorKind.TOOL,
        "unable to start a PostgreSQL "
            + binaries.version()
            + " server from '"
            + binDirectory()
            + "'",
        "it ended or did not answer within "
            + START_LIMIT.toSeconds()
            + " s; its log ends:\n"
            + log,
        "run bin/install-prerequisites");
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint(HOST, port, password);
  }

  @Override
  public void stop(PostgresFixture.StopMode mode) {
    cluster.stop(mode.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void kill() {
    cluster.kill();
  }

  @Override
  public void remove() {
    stop(PostgresFixture.StopMode.IMMEDIATE);
    directory.close();
  }

  @Override
  public void removeAtEnd() {
    stop(PostgresFixture.StopMode.IMMEDIATE);
    directory.removeInBackground();
  }

  @Override
  public int majorVersion() {
    return binaries.version().major();
  }

  @Override
  public Path binDirectory() {
    return binaries.directory();
  }

  @Override
  public Path dataDirectory() {
    return cluster.data();
  }
}
