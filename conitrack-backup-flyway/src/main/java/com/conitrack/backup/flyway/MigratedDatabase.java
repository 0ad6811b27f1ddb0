package com.conitrack.backup.flyway;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * The database that Flyway migrates, asked on a connection of Flyway's own.
 *
 * @param name its name
 * @param empty whether it holds no table but Flyway's history
 */
record MigratedDatabase(String name, boolean empty) {
  private static final String QUESTION =
      """
      SELECT current_database(), NOT EXISTS (
        SELECT 1 FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm', 'f')
          AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
          AND c.relname <> ?
          AND NOT EXISTS (
            SELECT 1 FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
              AND d.deptype = 'e'))
      """;

  static MigratedDatabase of(Configuration flyway) {
    DataSource source = flyway.getDataSource();
    try (Connection connection = source.getConnection();
        PreparedStatement question = connection.prepareStatement(QUESTION)) {
      question.setString(1, flyway.getTable());
      try (ResultSet answer = question.executeQuery()) {
        answer.next();
        return new MigratedDatabase(answer.getString(1), answer.getBoolean(2));
      }
    } catch (SQLException e) {
      throw unable(e);
    }
  }

  static boolean isPostgres(Configuration flyway) {
    try (Connection connection = flyway.getDataSource().getConnection()) {
      return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    } catch (SQLException e) {
      throw unable(e);
    }
  }

  private static DatabaseException unable(SQLException e) {
    return new DatabaseException(
        ErrorKind.DATABASE,
        "unable to look at the database that is to be migrated",
        String.valueOf(e.getMessage()),
        "mend that, then migrate again; nothing was changed",
        e);
  }
}
