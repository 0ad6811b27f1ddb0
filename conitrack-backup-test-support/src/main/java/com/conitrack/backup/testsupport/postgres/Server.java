package com.conitrack.backup.testsupport.postgres;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A server that {@link PostgresFixture} drives, wherever it runs. What starts and stops it is not
 * safe for use by many threads; the rest is.
 */
interface Server {
  /** How long a server may take until it answers. */
  Duration START_LIMIT = Duration.ofMinutes(3);

  /**
   * Starts it and waits until it answers: the first time on a free port, then on the same one.
   *
   * @throws com.conitrack.backup.core.model.BackupException {@code TOOL} if it does not
   */
  void start();

  /** Where it listens, once it was started. */
  Endpoint endpoint();

  /** Asks it to stop, if it runs, and waits until it has. */
  void stop(PostgresFixture.StopMode mode);

  /** Kills it as {@code kill -9} does, and waits until all its processes are gone. */
  void kill();

  /** Stops it, if it runs, and removes its files. */
  void remove();

  /** As {@link #remove()}, at the end of this process, which need not wait for the files. */
  void removeAtEnd();

  int majorVersion();

  /**
   * Where its programs are.
   *
   * @throws UnsupportedOperationException if that is not a directory of this machine
   */
  Path binDirectory();

  /**
   * Where its data is.
   *
   * @throws UnsupportedOperationException if that is not a directory of this machine
   */
  Path dataDirectory();
}
