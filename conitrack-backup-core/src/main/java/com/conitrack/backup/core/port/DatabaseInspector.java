package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Requirements;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Looks at a database without changing it. Every method may throw a {@link DatabaseException} with
 * kind {@code CONNECTION}, {@code AUTHENTICATION}, {@code PERMISSION}, {@code NOT_FOUND} or {@code
 * DATABASE}. Safe for use by many threads.
 */
public interface DatabaseInspector {

  /** What the server says of the database now. */
  DatabaseFacts inspect();

  /**
   * What another server must offer to take a dump of this database. What the user may not read is
   * told in {@link Requirements#remarks()}, not thrown.
   */
  Requirements requirements();

  /**
   * Which of {@code requirements} this server lacks, one sentence each with its fix; empty if a
   * restore can proceed.
   */
  List<String> missing(Requirements requirements);

  /**
   * The same, with what the user is not allowed to do that the dump's statements ask, where that is
   * known: each with the fix, and with what to leave out instead.
   *
   * @param place where the dump is to be loaded
   */
  default List<String> missing(Requirements requirements, LoadPlace place) {
    return missing(requirements);
  }

  /** Which of these parameters, in lower case, the server does not know. */
  default Set<String> unknownSettings(Collection<String> names) {
    return Set.of();
  }

  /**
   * What user-made objects the database already holds, described for people, at most ten; empty if
   * it is as {@code CREATE DATABASE} leaves it.
   */
  List<String> userObjects();

  /**
   * Asks a question of one's own in a transaction that can only read.
   *
   * @param sql one statement that yields rows
   * @param timeout how long it may take; positive
   * @throws DatabaseException also kind {@code TIMEOUT}
   */
  QueryAnswer query(String sql, Duration timeout);
}
