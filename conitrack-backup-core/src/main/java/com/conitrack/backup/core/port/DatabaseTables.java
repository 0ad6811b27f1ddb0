package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import java.util.List;

/**
 * Works on single tables of a database, each time in one transaction of its own. Every method may
 * throw a {@link DatabaseException}. Safe for use by many threads.
 */
public interface DatabaseTables {

  /**
   * Begins to make a schema with tables in it that nobody else uses; it is there once that is
   * committed. Only the user of this connection may read it.
   *
   * @throws DatabaseException kind {@code ALREADY_EXISTS} if there is a schema of that name; {@code
   *     RULE}, telling all of them, if tables cannot be made because the database lacks something
   *     they are defined with
   */
  SideLoad beside(SideSchema schema, List<SideTable> tables);

  /** The schemas that {@link #beside} made, ordered by name. */
  List<SideSchema> sideSchemas();

  /**
   * Deletes a schema that {@link #beside} made, with all that is in it.
   *
   * @throws DatabaseException kind {@code NOT_FOUND} if there is none of that name; {@code RULE} if
   *     it was not made by {@link #beside}, or something outside of it depends on it
   */
  void dropSideSchema(String name);

  /**
   * Begins to exchange the rows of tables in their place. Whether it was committed, if that is not
   * known, {@link DatabaseRestorer#fateOf} tells; {@link DatabaseRestorer#endLeftovers} ends the
   * session of one that is writing.
   */
  TableExchange exchange(ExchangeRequest request);
}
