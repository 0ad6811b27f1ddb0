package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolErrorsTest {

  private static DatabaseException error(int exitCode, String... said) {
    return ToolErrors.translate("pg_dump", "unable to dump", exitCode, List.of(said), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FATAL:  password authentication failed for user "ana"            | AUTHENTICATION
          fe_sendauth: no password supplied                                | AUTHENTICATION
          FATAL:  no pg_hba.conf entry for host "10.0.0.1"                 | AUTHENTICATION
          FATAL:  database "stock" does not exist                          | NOT_FOUND
          pg_dump: error: no matching tables were found                    | NOT_FOUND
          ERROR:  permission denied for table lote                         | PERMISSION
          query would be affected by row-level security policy for table   | PERMISSION
          connection to server at "h", port 5432 failed: Connection refused| CONNECTION
          server closed the connection unexpectedly                        | CONNECTION
          FATAL:  terminating connection due to administrator command      | CONNECTION
          FATAL:  the database system is starting up                       | CONNECTION
          pg_dump: error: aborting because of server version mismatch      | TOOL
          ERROR:  canceling statement due to lock timeout                  | TIMEOUT
          ERROR:  could not extend file "base/1": No space left on device  | FULL
          ERROR:  something nobody has seen before                         | DATABASE
          psql:<stdin>:3: ERROR:  42501: permiso denegado                  | PERMISSION
          psql:<stdin>:3: FATAL:  57P01: terminando la conexión            | CONNECTION
          psql:<stdin>:3: ERROR:  53100: no queda espacio                  | FULL
          """)
  void knowsWhatTheToolsSay(String said, ErrorKind kind) {
    DatabaseException error = error(1, "pg_dump: error: it failed", said);

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.why()).contains(said, "exit code 1");
  }

  @ParameterizedTest
  @CsvSource({"23503, mend the rows there", "42883, ALTER FUNCTION", "42P01, ALTER FUNCTION"})
  void whatNoRestoreCanMendIsMendedInTheDatabaseBackedUp(String state, String hint) {
    List<String> said = List.of("psql:<stdin>:3: ERROR:  " + state + ": it failed");

    assertThat(ToolErrors.translate("psql", "unable to restore", 3, said, null).hint())
        .contains(hint, "take a new backup");
  }

  @Test
  void aMissingPrivilegeNamesItsGrant() {
    assertThat(error(1, "ERROR:  permission denied for table lote").hint())
        .contains("GRANT SELECT ON TABLE lote TO");
    assertThat(error(1, "ERROR:  permission denied for schema qa").hint())
        .contains("GRANT USAGE ON SCHEMA qa TO");
    assertThat(error(1, "ERROR:  permission denied for relation lote").hint())
        .contains("GRANT SELECT ON lote TO");
  }

  @Test
  void aSignalIsNamed() {
    assertThat(error(137)).hasMessageContaining("killed by SIGKILL").hasMessageContaining("dmesg");
    assertThat(error(143)).hasMessageContaining("killed by SIGTERM");
  }

  @Test
  void silenceIsSaidToo() {
    assertThat(error(2).why()).isEqualTo("pg_dump ended with exit code 2");
  }
}
