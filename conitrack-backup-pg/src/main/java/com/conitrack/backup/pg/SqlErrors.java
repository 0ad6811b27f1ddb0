package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an SQLSTATE means here (PostgreSQL documentation, "PostgreSQL Error Codes"). The one place
 * where errors of driver and server are translated; the server may speak any language.
 */
final class SqlErrors {
  private static final String CHECK_LOGIN =
      "check user name and password, and that pg_hba.conf lets this user in from this host";
  private static final String CHECK_SERVER =
      "check host and port, that the server runs and that no firewall is between";

  private static final Map<String, Meaning> BY_STATE =
      Map.ofEntries(
          Map.entry("28000", new Meaning(ErrorKind.AUTHENTICATION, CHECK_LOGIN)),
          Map.entry("28P01", new Meaning(ErrorKind.AUTHENTICATION, CHECK_LOGIN)),
          Map.entry("08004", new Meaning(ErrorKind.AUTHENTICATION, CHECK_LOGIN)),
          Map.entry(
              "3D000",
              new Meaning(ErrorKind.NOT_FOUND, "check the database's name, or create it first")),
          Map.entry(
              "42501",
              new Meaning(
                  ErrorKind.PERMISSION,
                  "grant what is missing, or connect as a user who has it; to read everything: "
                      + "GRANT pg_read_all_data TO <user> (PostgreSQL 14 and later)")),
          Map.entry(
              "42P04",
              new Meaning(ErrorKind.ALREADY_EXISTS, "choose another name, or drop that database")),
          Map.entry(
              "42P06",
              new Meaning(ErrorKind.ALREADY_EXISTS, "choose another name, or drop that schema")),
          Map.entry(
              "55006",
              new Meaning(
                  ErrorKind.LOCKED,
                  "stop whatever keeps connecting to the database (see pg_stat_activity), then try"
                      + " again")),
          Map.entry(
              "53100", new Meaning(ErrorKind.FULL, "make room on the database server's disk")),
          Map.entry(
              "53200",
              new Meaning(
                  ErrorKind.DATABASE,
                  "raise max_locks_per_transaction on the server and restart it: a dump and a"
                      + " restore lock every table at once")),
          Map.entry(
              "53300",
              new Meaning(
                  ErrorKind.CONNECTION,
                  "the server has no connection left: close some, or raise max_connections")),
          Map.entry(
              "55P03",
              new Meaning(
                  ErrorKind.TIMEOUT,
                  "another session, perhaps a migration, holds a table: see pg_locks, try later")),
          Map.entry(
              "57014",
              new Meaning(
                  ErrorKind.TIMEOUT,
                  "the server cancelled it: a time limit passed or an administrator did it")),
          Map.entry(
              "57P03",
              new Meaning(ErrorKind.CONNECTION, "the server is starting or stopping: try later")));

  private record Meaning(ErrorKind kind, String hint) {}

  private SqlErrors() {}

  static DatabaseException translate(String what, SQLException e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage().strip();
    return translate(what, e.getSQLState(), why, e);
  }

  /** As {@link #translate(String, SQLException)}, for an SQLSTATE that a tool printed. */
  static DatabaseException translate(
      String what, @Nullable String state, String why, @Nullable Throwable cause) {
    Meaning meaning = meaning(state == null ? "" : state);
    return new DatabaseException(meaning.kind(), what, why, meaning.hint(), cause);
  }

  private static Meaning meaning(String state) {
    Meaning known = BY_STATE.get(state);
    if (known != null) {
      return known;
    }
    // Class 08: connection exception; 57P01 to 57P05: the server ended the session.
    if (state.startsWith("08") || state.startsWith("57P")) {
      return new Meaning(ErrorKind.CONNECTION, CHECK_SERVER);
    }
    return new Meaning(ErrorKind.DATABASE, "see the server's log for more");
  }
}
