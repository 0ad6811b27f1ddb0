package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** Loads a plain SQL dump into an empty database. Safe for use by many threads. */
public interface DatabaseRestorer {

  /**
   * Loads what {@code body} writes, stopping at the first SQL error. {@linkplain
   * RestoreOptions.Atomicity#WHOLE In one transaction}, it is committed only after {@link
   * DumpBody#writeTo} has returned normally; when it throws, when a statement fails or when this
   * process dies, the database is left as it was. {@linkplain RestoreOptions.Atomicity#PARTS In
   * parts}, it then may hold a part, and the caller drops it. Either way a normal return means that
   * all was loaded.
   *
   * <p>The body holds none of psql's backslash commands outside COPY data, and transaction control
   * only if it is loaded in parts: plain {@code BEGIN} and {@code COMMIT} around statements that
   * belong together.
   *
   * @return remarks of the tool (warnings), possibly none
   * @throws DatabaseException as for {@link DatabaseDumper#dump}; if the body threw, it is the
   *     cause
   */
  List<String> restore(DumpBody body, RestoreOptions options);

  /**
   * Loads all or nothing.
   *
   * @param timeout how long the whole restore may take; positive
   */
  default List<String> restore(DumpBody body, Duration timeout) {
    return restore(body, RestoreOptions.whole(timeout));
  }

  /**
   * A script that, as the first part of a dump's body, drops everything in the database that {@link
   * DatabaseInspector#userObjects} would tell of, so that the dump replaces it in the transaction
   * in which it is loaded. It fails if others are connected to the database, who may be writing.
   *
   * @throws DatabaseException kind {@code RULE} if the database has no such way
   */
  default String clearing() {
    throw new DatabaseException(
        ErrorKind.RULE,
        "unable to replace the contents of a database in one transaction",
        "this kind of database has no way to do that",
        "choose another strategy");
  }

  /**
   * What keeps the user from running {@link #clearing()}, one sentence each with its fix; empty if
   * nothing is known to.
   *
   * @throws DatabaseException if the server cannot be asked
   */
  default List<String> clearingObstacles() {
    return List.of();
  }

  /**
   * Ends the sessions that restores into this database have left, those of programs that were
   * killed while one was at work, and returns when they are gone: until then they might commit. For
   * whoever holds the {@linkplain RunLock lock} of the database, so that no restore is at work.
   *
   * @return how many there were
   * @throws DatabaseException kind {@code LOCKED} if one did not end
   */
  default int endLeftovers() {
    return 0;
  }

  /**
   * How a transaction has ended that {@link DumpBody#begun} was told of. A server that crashed may
   * have given a transaction's name to another one since, if nothing of the first was on disk yet.
   *
   * @throws DatabaseException if the server cannot be asked
   */
  default Fate fateOf(String transaction) {
    return Fate.UNKNOWN;
  }

  /** How a transaction ended. */
  enum Fate {
    /** Everything of it is in the database. */
    COMMITTED,
    /** Nothing of it is. */
    ROLLED_BACK,
    /** It is at work, was long ago, or is no transaction of this server. */
    UNKNOWN
  }

  /** Pushes a dump's plain bytes. */
  @FunctionalInterface
  interface DumpBody {
    /**
     * Told what the transaction is called on the server, before the first byte is asked for; never
     * where there is none to cover all.
     *
     * @param transaction for {@link #fateOf}, also after a restart of this program or the server
     */
    default void begun(String transaction) {}

    /**
     * Writes the whole dump to {@code sink}, which it neither flushes nor closes, and returns
     * normally only if the dump has been proved whole.
     *
     * @throws IOException if the dump is damaged or cannot be read, or the sink cannot take it
     */
    void writeTo(OutputStream sink) throws IOException;
  }
}
