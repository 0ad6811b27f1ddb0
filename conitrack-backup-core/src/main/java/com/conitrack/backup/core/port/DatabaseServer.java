package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import java.util.List;

/**
 * The server that a database lives on, with the databases beside it. Every method may throw a
 * {@link DatabaseException}; its kind is {@code PERMISSION} where the user is not allowed to do it,
 * as on managed hosts that give out a single database. Safe for use by many threads.
 */
public interface DatabaseServer {

  /**
   * The databases that can be connected to, ordered by name, but for the server's own templates.
   */
  List<DatabaseDescription> databases();

  /** One of them, as the same user. Opens no connection and does not ask whether it exists. */
  Database database(String name);

  /**
   * Makes an empty database. It bears its comment, if it is to have one, when this returns; after a
   * crash in between it may lack it.
   *
   * @throws DatabaseException kind {@code ALREADY_EXISTS} if the name is taken
   */
  void create(NewDatabase database);

  /**
   * Gives a database another comment, what it says of itself.
   *
   * @throws DatabaseException kind {@code NOT_FOUND} if there is no such database
   */
  void comment(String name, String text);

  /**
   * Ends every session in a database and deletes it. Deleting what is not there succeeds.
   *
   * @return whether it was there
   */
  boolean drop(String name);

  /**
   * What is bound to a database and would make {@link #swap} refuse to put another into its place,
   * one sentence each with its fix; empty if nothing is known to. Only what lasts: a transaction
   * that was prepared a moment ago is found by {@code swap} alone.
   *
   * @param live name of the database in use
   */
  default List<String> swapObstacles(String live) {
    return List.of();
  }

  /**
   * Puts one database into the place of another, in a single transaction: afterwards either both
   * names have moved or none has, also when this process or the server is killed meanwhile. No
   * session can begin in either database while it happens, and those that are there are ended.
   * Clients see their connections end, and new ones fail or wait for that long; whoever connects
   * afterwards is in the new one.
   *
   * @return how long nobody could connect
   * @throws DatabaseException if no name has moved; kinds: {@code NOT_FOUND} (either database),
   *     {@code ALREADY_EXISTS} (the name for the old one), {@code LOCKED} (sessions that could not
   *     be ended), {@code RULE} (prepared transactions or logical replication tie it down; the
   *     message tells the fix). Kind {@code CONNECTION} if the server could not be asked how it
   *     ended
   */
  SwapReport swap(DatabaseSwap swap);
}
