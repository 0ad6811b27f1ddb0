package com.conitrack.backup.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database to back up.
 *
 * @param url A JDBC URL or a libpq URI; by default that of the application's DataSource.
 * @param user The user, if the URL names none.
 * @param password The password.
 * @param passwordFile A file with the password alone on its first line, read at each connection.
 * @param passfile A password file in the format of .pgpass.
 * @param tools The only directory to take pg_dump, pg_dumpall and psql from.
 * @param maintenanceDatabase The database to connect to for making, renaming and dropping others.
 * @param lockWait How long a dump waits for tables that another session has locked exclusively.
 * @param includeSchemas Patterns: only these schemas.
 * @param excludeSchemas Patterns: not these schemas.
 * @param includeTables Patterns: only these tables.
 * @param excludeTables Patterns: not these tables.
 * @param excludeTableData Patterns: these tables without their rows.
 */
public record DatabaseProperties(
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable String passwordFile,
    @Nullable String passfile,
    @Nullable String tools,
    @Nullable String maintenanceDatabase,
    @DefaultValue("5m") TimeSpan lockWait,
    @DefaultValue List<String> includeSchemas,
    @DefaultValue List<String> excludeSchemas,
    @DefaultValue List<String> includeTables,
    @DefaultValue List<String> excludeTables,
    @DefaultValue List<String> excludeTableData) {

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseProperties[]";
  }
}
