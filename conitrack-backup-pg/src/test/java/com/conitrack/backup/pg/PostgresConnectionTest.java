package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresConnectionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:postgresql://db.example:6543/stock?user=ana           | db.example | 6543 | stock   | ana
          jdbc:postgresql://db.example/stock?user=ana&password=x     | db.example | 5432 | stock   | ana
          jdbc:postgresql:stock?user=ana                             | localhost  | 5432 | stock   | ana
          jdbc:postgresql:///stock?user=ana                          | localhost  | 5432 | stock   | ana
          jdbc:postgresql://a:1,b:2/stock?user=ana                   | a          | 1    | stock   | ana
          jdbc:p6spy:postgresql://h:1/stock?user=ana                 | h          | 1    | stock   | ana
          jdbc:postgresql://[::1]:6543/stock?user=ana                | ::1        | 6543 | stock   | ana
          jdbc:postgresql://h/a%2Fb+c?user=a%26b                     | h          | 5432 | a/b c   | a&b
          postgresql://ana:x@db.example:6543/stock?sslmode=require   | db.example | 6543 | stock   | ana
          postgres://ana@db.example                                  | db.example | 5432 | ana     | ana
          postgresql://[2001:db8::1]/stock?user=ana                  | 2001:db8::1| 5432 | stock   | ana
          postgresql://ana@a:1,b:2/stock                             | a          | 1    | stock   | ana
          postgresql:///stock?host=h&port=7&user=ana                 | h          | 7    | stock   | ana
          postgresql://a%40b:p%3Aw@h/a%2Fb+c                         | h          | 5432 | a/b+c   | a@b
          """)
  void readsUrls(String url, String host, int port, String database, String user) {
    PostgresConnection connection = PostgresConnection.of(url);

    assertThat(connection.host()).isEqualTo(host);
    assertThat(connection.port()).isEqualTo(port);
    assertThat(connection.database()).isEqualTo(database);
    assertThat(connection.user()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ana:s3cr%3At@h/stock",
        "postgresql://h/stock?user=ana&password=s3cr%3At",
        "jdbc:postgresql://h/stock?user=ana&password=s3cr%3At"
      })
  void readsThePasswordAndNeverShowsIt(String url) {
    PostgresConnection connection = PostgresConnection.of(url);

    assertThat(connection.password()).isEqualTo("s3cr:t".toCharArray());
    assertThat(connection).hasToString("postgresql://ana:***@h:5432/stock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ana:s3cret@h:port/stock",
        "postgresql://ana:s3c/ret@h/stock",
        "postgresql://ana:s3cret%@h/stock",
        "postgresql://ana:s3cret@h:0/stock",
        "postgresql://ana:s3cret@h:99999/stock",
        "mysql://ana:s3cret@h/stock",
        "postgresql://ana:s3cret@%2Fvar%2Frun/stock",
        "postgresql://ana:s3cret@h/stock?sslpassword=s3cret",
        "jdbc:postgresql:///stock?password=s3cret&socketFactory=x.Y"
      })
  void refusesWhatItCannotUseWithoutRepeatingIt(String url) {
    DatabaseException error =
        catchThrowableOfType(DatabaseException.class, () -> PostgresConnection.of(url));

    assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(error.hint()).isNotBlank();
    assertThat(error.toString()).doesNotContain("s3c");
  }

  @Test
  void aUnixSocketIsRefusedWithTheWayOut() {
    DatabaseException error =
        catchThrowableOfType(
            DatabaseException.class,
            () -> PostgresConnection.of("postgresql:///stock?host=/var/run/postgresql"));

    assertThat(error).hasMessageContaining("Unix socket").hasMessageContaining("TCP");
  }

  @Test
  void keepsHowToConnectAndLeavesTheRest() {
    PostgresConnection jdbc =
        PostgresConnection.of(
            "jdbc:postgresql://h/db?ssl=true&currentSchema=x&options=-c%20a=b&connectTimeout=3");
    PostgresConnection libpq =
        PostgresConnection.of("postgresql://h/db?sslmode=verify-ca&channel_binding=require");

    assertThat(ConnectionParameters.toEnvironment(jdbc.parameters()))
        .containsOnlyKeys("PGSSLMODE", "PGOPTIONS", "PGCONNECT_TIMEOUT")
        .containsEntry("PGSSLMODE", "verify-full");
    assertThat(libpq.parameters())
        .containsOnlyKeys("sslmode", "channelBinding")
        .containsEntry("channelBinding", "require");
  }

  @Test
  void readsADataSourceAlsoBehindAWrapper() {
    PGSimpleDataSource pool = new PGSimpleDataSource();
    pool.setServerNames(new String[] {"db.example"});
    pool.setPortNumbers(new int[] {6543});
    pool.setDatabaseName("stock");
    pool.setUser("ana");
    pool.setPassword("first");

    PostgresConnection connection = PostgresConnection.of(new Wrapper(pool));
    pool.setPassword("renewed");

    assertThat(connection).hasToString("postgresql://ana:***@db.example:6543/stock");
    assertThat(connection.password()).isEqualTo("renewed".toCharArray());
  }

  @Test
  void aDataSourceWithoutPasswordTakesOneFromOutside() {
    PGSimpleDataSource pool = new PGSimpleDataSource();
    pool.setDatabaseName("stock");
    pool.setUser("ana");

    PostgresConnection connection = PostgresConnection.of(pool);

    assertThat(connection.hasPassword()).isFalse();
    assertThat(connection.withPassword("given").password()).isEqualTo("given".toCharArray());
  }

  @Test
  void aDataSourceThatTellsNothingIsRefused() {
    DatabaseException error =
        catchThrowableOfType(
            DatabaseException.class, () -> PostgresConnection.of(new Wrapper(null)));

    assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(error.hint()).contains("PostgresConnection.of(url)");
  }

  /** A pool's front that tells nothing of its own. */
  private record Wrapper(@org.jspecify.annotations.Nullable DataSource target)
      implements DataSource {
    @Override
    public boolean isWrapperFor(Class<?> type) {
      return type.isInstance(target);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      if (target == null) {
        throw new SQLException("wraps nothing");
      }
      return type.cast(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLException("must not be opened");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLException("must not be opened");
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(System.err, true);
    }

    @Override
    public void setLogWriter(PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
