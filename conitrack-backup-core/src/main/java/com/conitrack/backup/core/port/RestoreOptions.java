package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.LeftOut;
import java.time.Duration;

/**
 * How to load a dump.
 *
 * @param timeout how long the whole restore may take; positive
 * @param atomicity what is left of a restore that fails
 * @param connections how many connections may load at once: 1 for one after the other, {@link
 *     #AUTOMATIC} to leave it to the restorer. In one transaction it is always one
 * @param leftOut what of the dump is not loaded; a restorer is given a body without it
 */
public record RestoreOptions(
    Duration timeout, Atomicity atomicity, int connections, LeftOut leftOut) {
  /** As many connections as this machine and the server can make use of, and no more than four. */
  public static final int AUTOMATIC = 0;

  public RestoreOptions {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive: " + timeout);
    }
    if (connections < 0) {
      throw new IllegalArgumentException("connections must not be negative: " + connections);
    }
  }

  /** What is left of a restore that fails. */
  public enum Atomicity {
    /** Nothing: all is loaded in one transaction. */
    WHOLE,
    /**
     * Perhaps a part: each statement is a transaction of its own, but where the dump brackets some
     * ({@code BEGIN} and {@code COMMIT} around large objects), and what was loaded need not survive
     * a crash of the server. For databases that nobody uses and that are dropped if it fails: the
     * server's lock table, which must hold every object of a transaction, sets no limit then, and
     * several connections may load at once.
     */
    PARTS
  }

  /** All or nothing. */
  public static RestoreOptions whole(Duration timeout) {
    return new RestoreOptions(timeout, Atomicity.WHOLE, 1, LeftOut.NOTHING);
  }

  /** In parts, for a database that is dropped if it fails. */
  public static RestoreOptions inParts(Duration timeout) {
    return new RestoreOptions(timeout, Atomicity.PARTS, AUTOMATIC, LeftOut.NOTHING);
  }

  /** The same with at most so many connections at once, or {@link #AUTOMATIC}. */
  public RestoreOptions withConnections(int most) {
    return new RestoreOptions(timeout, atomicity, most, leftOut);
  }

  /** The same without that part of the dump. */
  public RestoreOptions without(LeftOut parts) {
    return new RestoreOptions(timeout, atomicity, connections, parts);
  }

  /** Whether one transaction brackets all. */
  public boolean isWhole() {
    return atomicity == Atomicity.WHOLE;
  }
}
