package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.RunLock;
import java.time.Duration;

/**
 * A scratch database. It is locked as long as its drill lives, and says whose it is only once it is
 * locked: one that says so and is free was left by a drill that is gone. Belongs to one thread.
 */
final class Scratch implements AutoCloseable {
  private static final String COMMENT = "conitrack-backup scratch database";
  private static final String KEPT = "conitrack-backup database kept from a drill";

  private final Plot plot;
  private RunLock.Held held;
  private boolean used;
  private boolean kept;

  /**
   * Where and as what a scratch database is made.
   *
   * @param server the server
   * @param name its name
   * @param form its encoding and locale
   * @param holder whose it is
   */
  record Plot(DatabaseServer server, String name, NewDatabase.Form form, String holder) {}

  private Scratch(Plot plot) {
    this.plot = plot;
    this.held = make(plot);
  }

  static Scratch create(Plot plot) {
    return new Scratch(plot);
  }

  private static RunLock.Held make(Plot plot) {
    DatabaseServer server = plot.server();
    server.create(new NewDatabase(plot.name(), plot.form(), null));
    try {
      RunLock.Held held = server.database(plot.name()).lock().acquire(plot.holder(), Duration.ZERO);
      server.comment(plot.name(), COMMENT + ": " + plot.holder() + "; safe to drop");
      return held;
    } catch (BackupException e) {
      server.drop(plot.name());
      throw e;
    }
  }

  static boolean isOurs(String comment) {
    return comment.startsWith(COMMENT);
  }

  String name() {
    return plot.name();
  }

  Database database() {
    return plot.server().database(plot.name());
  }

  /** Loads into it; what an attempt before has left is gone first. */
  DatabaseRestorer restorer() {
    return (body, options) -> {
      if (used) {
        plot.server().drop(plot.name());
        held.close();
        held = make(plot);
      }
      used = true;
      return database().restorer().restore(body, options);
    };
  }

  void requireHeld() {
    if (!held.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to vouch for the drill in database '" + name() + "'",
          "the lock on it was lost meanwhile, so others may have changed it",
          "look for a dropped connection to the server, then drill again");
    }
  }

  /** Leaves it for a person; no later drill takes it for its own. */
  void keep() {
    plot.server().comment(name(), KEPT + ": " + plot.holder() + "; drop it when done");
    kept = true;
  }

  /** Drops it, unless it is kept. */
  @Override
  public void close() {
    try {
      if (!kept) {
        plot.server().drop(name());
      }
    } finally {
      held.close();
    }
  }
}
