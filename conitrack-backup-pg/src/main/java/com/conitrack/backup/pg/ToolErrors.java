package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool's last words mean. psql prints the SQLSTATE when asked to be verbose; pg_dump does
 * not, so its messages are recognised, as the tools word them in the C locale.
 */
final class ToolErrors {
  private static final Pattern SQLSTATE =
      Pattern.compile("(?:ERROR|FATAL|PANIC):  ([0-9A-Z]{5}): ");

  /** Integrity constraint violation (PostgreSQL documentation, "PostgreSQL Error Codes"). */
  private static final String CONSTRAINT_CLASS = "23";

  /** Undefined function, table, column or object, and invalid schema name. */
  private static final Set<String> NAME_NOT_FOUND =
      Set.of("42883", "42P01", "42703", "42704", "3F000");

  private static final int SIGNAL_BASE = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 13,
          "SIGPIPE", 15, "SIGTERM");

  private record Known(Pattern pattern, ErrorKind kind, String hint) {
    static Known of(String regex, ErrorKind kind, String hint) {
      return new Known(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), kind, hint);
    }
  }

  /** In the order of asking: a lost connection has other errors in its wake. */
  private static final List<Known> KNOWN =
      List.of(
          Known.of(
              "aborting because of server version mismatch",
              ErrorKind.TOOL,
              "install the client tools of the server's own version"),
          Known.of(
              "password authentication failed|no password supplied|authentication failed",
              ErrorKind.AUTHENTICATION,
              "check user name and password"),
          Known.of(
              "no pg_hba.conf entry|role \".*\" does not exist",
              ErrorKind.AUTHENTICATION,
              "check the user's name, and that pg_hba.conf lets it in from this host"),
          Known.of(
              "database \".*\" does not exist",
              ErrorKind.NOT_FOUND,
              "check the database's name, or create it first"),
          Known.of(
              "row-level security",
              ErrorKind.PERMISSION,
              "dump as the owner of the tables or as a role that sees all rows: "
                  + "ALTER ROLE <user> BYPASSRLS; a dump without the hidden rows would be no backup"),
          Known.of(
              "(?:statement|lock) timeout",
              ErrorKind.TIMEOUT,
              "another session, perhaps a migration, holds a table: see pg_locks, try later"),
          Known.of(
              "no matching (?:tables|schemas|extensions) were found",
              ErrorKind.NOT_FOUND,
              "check the patterns of the scope; quote names with capitals: \"Name\""),
          Known.of(
              "max_locks_per_transaction",
              ErrorKind.DATABASE,
              "raise max_locks_per_transaction on the server and restart it: every table is locked"
                  + " at once"),
          Known.of(
              "no space left on device|could not extend file",
              ErrorKind.FULL,
              "make room on the database server's disk"),
          Known.of(
              "server closed the connection|terminating connection|connection to server was lost"
                  + "|could not receive data from server|could not send data to server"
                  + "|no connection to the server|SSL connection has been closed|SSL SYSCALL error"
                  + "|connection refused|could not translate host name|timeout expired"
                  + "|the database system is|connection to server at .* failed"
                  + "|connection pointer is NULL|remaining connection slots|too many clients",
              ErrorKind.CONNECTION,
              "the connection failed or was lost: see the server's log, then try again"));

  private static final Pattern DENIED =
      Pattern.compile("permission denied for (?:relation )?(.+)", Pattern.CASE_INSENSITIVE);

  private ToolErrors() {}

  /** The error of a tool that ended with {@code exitCode}. */
  static DatabaseException translate(
      String tool, String what, int exitCode, List<String> said, @Nullable Throwable cause) {
    String stderr = String.join("\n", said);
    String ending = tool + " " + ending(exitCode);
    String why = stderr.isEmpty() ? ending : stderr + " (" + ending + ")";
    Matcher state = SQLSTATE.matcher(stderr);
    if (state.find()) {
      return ofServer(tool, what, state.group(1), why, cause);
    }
    for (Known known : KNOWN) {
      if (known.pattern().matcher(stderr).find()) {
        return new DatabaseException(known.kind(), what, why, known.hint(), cause);
      }
    }
    Matcher denied = DENIED.matcher(stderr);
    if (denied.find()) {
      return new DatabaseException(
          ErrorKind.PERMISSION, what, why, grantHint(denied.group(1)), cause);
    }
    return new DatabaseException(ErrorKind.DATABASE, what, why, signalHint(exitCode), cause);
  }

  private static DatabaseException ofServer(
      String tool, String what, String state, String why, @Nullable Throwable cause) {
    DatabaseException error = SqlErrors.translate(what, state, why, cause);
    String hint = tool.equals("psql") ? loadingHint(state) : null;
    return hint == null ? error : new DatabaseException(error.kind(), what, why, hint, cause);
  }

  /** What no restore can mend, as the database that was backed up has the fault already. */
  private static @Nullable String loadingHint(String state) {
    if (state.startsWith(CONSTRAINT_CLASS)) {
      return "the rows break a rule of the database that was backed up, so no restore of it passes:"
          + " mend the rows there, or drop the constraint, and take a new backup";
    }
    return NAME_NOT_FOUND.contains(state)
        ? "something the dump calls is not found while it is loaded. If it is called inside a function,"
            + " that relies on search_path, which is empty then, or lacks USAGE on a schema: in the"
            + " database that was backed up write the name with its schema, or ALTER FUNCTION … SET"
            + " search_path, and take a new backup"
        : null;
  }

  /** The object as the server names it: {@code table lote}, {@code schema qa}, before 11 a name. */
  private static String grantHint(String object) {
    String[] words = object.strip().split(" ", 2);
    String on = words.length == 2 ? words[0].toUpperCase(Locale.ROOT) + " " + words[1] : words[0];
    String privilege = on.startsWith("SCHEMA") ? "USAGE" : "SELECT";
    return "as its owner or a superuser: GRANT "
        + privilege
        + " ON "
        + on
        + " TO <user>; or, to read everything: GRANT pg_read_all_data TO <user> (PostgreSQL 14 and"
        + " later)";
  }

  private static String ending(int exitCode) {
    String signal = SIGNALS.get(exitCode - SIGNAL_BASE);
    return signal == null
        ? "ended with exit code " + exitCode
        : "was killed by " + signal + " (exit code " + exitCode + ")";
  }

  private static @Nullable String signalHint(int exitCode) {
    return exitCode == SIGNAL_BASE + 9
        ? "something killed it, perhaps the system for want of memory: see dmesg"
        : null;
  }
}
