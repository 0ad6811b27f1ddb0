package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.database;
import static com.conitrack.backup.pg.Targets.failure;
import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Databases made, moved and dropped on a real server. */
class PgServerIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String SETTINGS =
      """
      SELECT coalesce(r.rolname, 'all'), unnest(setconfig) FROM pg_db_role_setting s
        JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
       WHERE datname = '%s' ORDER BY 1, 2
      """;

  private final String live = SERVER.freshDatabase();
  private final String fresh = SERVER.freshDatabase();
  private final String aside = "aside_" + UUID.randomUUID();
  private final DatabaseServer server = database(SERVER, live).server();

  private SwapReport swap() {
    return server.swap(new DatabaseSwap(live, fresh, aside, true));
  }

  private void mark() {
    SERVER.execute(live, "CREATE TABLE which AS SELECT 'old'::text AS name");
    SERVER.execute(fresh, "CREATE TABLE which AS SELECT 'new'::text AS name");
  }

  private static String which(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM which")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static List<String> rows(String database, String sql) {
    List<String> found = new ArrayList<>();
    try (Connection connection = SERVER.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
        found.add(row.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static String role() {
    String name = "Role " + UUID.randomUUID();
    SERVER.execute("postgres", "CREATE ROLE \"" + name + "\"");
    return name;
  }

  @Test
  void everythingThatBelongsToTheDatabaseIsCarriedOver() {
    String owner = role();
    String reader = role();
    String guest = role();
    SERVER.execute(
        "postgres",
        """
        ALTER DATABASE %1$s OWNER TO "%2$s";
        REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
        GRANT CONNECT ON DATABASE %1$s TO "%3$s" WITH GRANT OPTION;
        SET ROLE "%3$s";
        GRANT CONNECT ON DATABASE %1$s TO "%4$s";
        RESET ROLE;
        ALTER DATABASE %1$s SET search_path = "$user", "Odd, ""name", 'x y', public;
        ALTER DATABASE %1$s SET work_mem = '12MB';
        ALTER DATABASE %1$s SET conitrack.note = 'it''s \\ a, "note"';
        ALTER ROLE "%3$s" IN DATABASE %1$s SET search_path = '';
        ALTER DATABASE %1$s CONNECTION LIMIT 42;
        COMMENT ON DATABASE %1$s IS 'stock';
        """
            .formatted(live, owner, reader, guest));
    String facts =
        "SELECT pg_get_userbyid(datdba), datacl::text, datconnlimit, shobj_description(oid,"
            + " 'pg_database') FROM pg_database WHERE datname = '"
            + live
            + "'";
    List<String> before = rows("postgres", facts);
    List<String> settings = rows("postgres", SETTINGS.formatted(live));

    SwapReport report = swap();

    assertThat(report.remarks()).isEmpty();
    assertThat(rows("postgres", facts)).isEqualTo(before).hasSize(1);
    assertThat(rows("postgres", SETTINGS.formatted(live))).isEqualTo(settings).hasSize(4);
  }

  @Test
  void aDatabaseMarkedAsTemplateIsSwappedLikeAnyOther() {
    mark();
    SERVER.execute("postgres", "ALTER DATABASE " + live + " IS_TEMPLATE true");

    swap();

    assertThat(server.databases()).extracting("name").contains(live, aside).doesNotContain(fresh);
    assertThat(rows(live, "SELECT name FROM which")).containsExactly("new");
    assertThat(
            rows(
                "postgres",
                "SELECT datname FROM pg_database WHERE datistemplate AND datname IN ('%s', '%s')"
                    .formatted(live, aside)))
        .containsExactly(live);
    assertThat(server.drop(aside)).isTrue();
  }

  @Test
  void whatTheUserMayNotCarryOverIsTold() {
    String stranger = role();
    String limited = "limited_" + UUID.randomUUID().toString().replace('-', '_');
    SERVER.execute(
        "postgres",
        """
        CREATE ROLE %1$s LOGIN CREATEDB PASSWORD 'x';
        ALTER DATABASE %2$s OWNER TO %1$s;
        ALTER DATABASE %3$s OWNER TO %1$s;
        ALTER ROLE "%4$s" IN DATABASE %2$s SET work_mem = '9MB';
        """
            .formatted(limited, live, fresh, stranger));
    DatabaseServer asLimited =
        PostgresDatabase.of(Targets.superuser(SERVER, live).withUser(limited).withPassword("x"))
            .server();

    SwapReport report = asLimited.swap(new DatabaseSwap(live, fresh, aside, true));

    assertThat(report.remarks())
        .singleElement()
        .asString()
        .contains("work_mem", stranger, "permission denied");
  }

  @Test
  void sessionsThatMayNotBeEndedAreToldWithTheFix() throws Exception {
    String limited = "limited_" + UUID.randomUUID().toString().replace('-', '_');
    SERVER.execute(
        "postgres",
        "CREATE ROLE %1$s LOGIN CREATEDB PASSWORD 'x'; ALTER DATABASE %2$s OWNER TO %1$s; ALTER DATABASE %3$s OWNER TO %1$s"
            .formatted(limited, live, fresh));
    mark();
    DatabaseServer asLimited =
        PostgresDatabase.of(Targets.superuser(SERVER, live).withUser(limited).withPassword("x"))
            .server();
    try (Connection superuser = SERVER.connect(live)) {
      BackupException refused =
          failure(() -> asLimited.swap(new DatabaseSwap(live, fresh, aside, true)));

      assertThat(refused.kind()).isEqualTo(ErrorKind.LOCKED);
      assertThat(refused).hasMessageContaining("pg_signal_backend");
      assertThat(which(superuser)).isEqualTo("old");
    }
    assertThat(query(SERVER, live, "SELECT name FROM which")).isEqualTo("old");
  }

  @Test
  void clientsThatKeepArrivingAllLandInTheNewDatabase() throws Exception {
    mark();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicBoolean swapped = new AtomicBoolean();
    AtomicInteger oldAfterwards = new AtomicInteger();
    AtomicInteger newAfterwards = new AtomicInteger();
    AtomicInteger before = new AtomicInteger();
    ExecutorService clients = Executors.newCachedThreadPool();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(
          clients.submit(
              () -> {
                while (!stop.get()) {
                  boolean after = swapped.get();
                  try (Connection connection = SERVER.connect(live)) {
                    boolean old = which(connection).equals("old");
                    (after ? (old ? oldAfterwards : newAfterwards) : before).incrementAndGet();
                  } catch (SQLException e) {
                    // Ended or refused; it comes again.
                  }
                }
              }));
    }
    List<Connection> pool = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pool.add(SERVER.connect(live));
    }
    SwapReport report;
    try {
      await().atMost(PATIENCE).until(() -> before.get() > 20);

      report = swap();
      swapped.set(true);

      await().atMost(PATIENCE).until(() -> newAfterwards.get() > 20);
    } finally {
      stop.set(true);
      clients.shutdown();
    }
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(oldAfterwards).hasValue(0);
    assertThat(report.sessionsEnded()).isGreaterThanOrEqualTo(pool.size());
    for (Connection idle : pool) {
      assertThat(idle.isValid(5)).isFalse();
      idle.close();
    }
  }

  @Test
  void aServerKilledAtAnyMomentHasMovedBothNamesOrNone() throws Exception {
    try (PostgresFixture own = PostgresFixture.builder().setting("fsync", "on").start()) {
      own.createDatabase("live");
      own.execute("live", "CREATE TABLE which AS SELECT 'one'::text AS name");
      own.createDatabase("fresh");
      own.execute("fresh", "CREATE TABLE which AS SELECT 'two'::text AS name");
      DatabaseServer server = database(own, "live").server();
      ExecutorService background = Executors.newSingleThreadExecutor();
      for (int round = 0; round < 8; round++) {
        String current = query(own, "live", "SELECT name FROM which");
        long pause = 5L * round;
        Future<SwapReport> swap =
            background.submit(() -> server.swap(new DatabaseSwap("live", "fresh", "aside", false)));
        TimeUnit.MILLISECONDS.sleep(pause); // Where it hits is chance, and may be anywhere.
        own.kill();
        own.restart();
        awaitEnd(swap);
        List<String> names =
            server.databases().stream()
                .map(each -> each.name())
                .filter(n -> !n.equals("postgres"))
                .toList();
        String now = query(own, "live", "SELECT name FROM which");
        if (names.equals(List.of("aside", "live"))) {
          assertThat(now).isNotEqualTo(current);
          own.execute("postgres", "ALTER DATABASE aside RENAME TO fresh");
        } else {
          assertThat(names).containsExactly("fresh", "live");
          assertThat(now).isEqualTo(current);
        }
      }
      background.shutdown();
    }
  }

  private static void awaitEnd(Future<SwapReport> swap)
      throws InterruptedException, TimeoutException {
    try {
      swap.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(BackupException.class);
    }
  }

  private static RestorePlan planOfSwap(PostgresFixture server, String database) {
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(database(server, database))
            .storage(new InMemoryStorage("memory"))
            .build();
    Manifest backup = backups.backup(Trigger.MANUAL).orThrow();
    return backups.planRestore(
        RestoreRequest.of(backup.id()).because("a test").by(RestoreStrategy.SWAP));
  }

  @Test
  void whatIsBoundToTheOldDatabaseIsRefusedWithTheFix() throws Exception {
    try (PostgresFixture own =
        PostgresFixture.builder()
            .setting("wal_level", "logical")
            .setting("max_prepared_transactions", "5")
            .start()) {
      own.createDatabase("live");
      own.createDatabase("fresh");
      own.execute("live", "SELECT pg_create_logical_replication_slot('follower', 'pgoutput')");
      own.execute("live", "CREATE TABLE t ()");
      assertThat(planOfSwap(own, "live").obstacles())
          .singleElement()
          .asString()
          .endsWith("SELECT pg_drop_replication_slot('follower')");
      try (Connection connection = own.connect("live");
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("DROP TABLE t");
        statement.execute("PREPARE TRANSACTION 'left behind'");
      }
      own.execute(
          "live",
          "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false); ALTER SUBSCRIPTION s ENABLE");

      DatabaseServer server = database(own, "live").server();
      assertThat(server.swapObstacles("live"))
          .satisfiesExactly(
              each ->
                  assertThat(each)
                      .contains("replication slot 'follower'")
                      .endsWith("SELECT pg_drop_replication_slot('follower')"),
              each -> assertThat(each).endsWith("ALTER SUBSCRIPTION \"s\" DISABLE"));
      BackupException refused =
          failure(() -> server.swap(new DatabaseSwap("live", "fresh", "aside", true)));

      assertThat(refused.kind()).isEqualTo(ErrorKind.RULE);
      assertThat(refused)
          .hasMessageContaining("ROLLBACK PREPARED 'left behind'")
          .hasMessageContaining("pg_drop_replication_slot('follower')")
          .hasMessageContaining("ALTER SUBSCRIPTION \"s\" DISABLE");
    }
  }

  @Test
  void aDatabaseWithDisabledSubscriptionsCanBeDropped() {
    SERVER.execute(
        fresh,
        "CREATE SUBSCRIPTION conitrack_test CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false, slot_name = 'there')");
    SERVER.execute(fresh, "ALTER DATABASE " + fresh + " SET default_transaction_read_only = on");

    assertThat(server.drop(fresh)).isTrue();
  }

  @Test
  void theMaintenanceDatabaseItselfCanBeSwapped() {
    try (PostgresFixture own = PostgresFixture.start()) {
      DatabaseServer server = database(own, "postgres").server();
      server.create(new NewDatabase("fresh", "postgres", null));

      server.swap(new DatabaseSwap("postgres", "fresh", "old", true));

      assertThat(server.databases())
          .extracting(each -> each.name())
          .containsExactly("old", "postgres");
    }
  }

  @Test
  void anotherMaintenanceDatabaseCanBeNamed() {
    PostgresDatabase named =
        PostgresDatabase.builder(Targets.superuser(SERVER, live))
            .maintenanceDatabase("no such database")
            .build();

    BackupException refused = failure(() -> named.server().databases());

    assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(refused).hasMessageContaining("no such database");
  }

  @Test
  void theFormOfTheOtherDatabaseIsTakenOver() {
    String like = "like_" + UUID.randomUUID();
    SERVER.execute(
        "postgres",
        "CREATE DATABASE \""
            + like
            + "\" TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    server.create(new NewDatabase(aside, like, null));

    String form =
        "SELECT pg_encoding_to_char(encoding) || datcollate || datctype FROM pg_database WHERE datname = '%s'";
    assertThat(query(SERVER, "postgres", form.formatted(aside))).isEqualTo("LATIN1CC");
  }

  @Test
  void theIcuLocaleIsTakenOver() {
    String like = "like_" + UUID.randomUUID();
    SERVER.execute(
        "postgres",
        "CREATE DATABASE \"" + like + "\" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'es'");
    server.create(new NewDatabase(aside, like, null));

    assertThat(
            query(
                SERVER,
                "postgres",
                "SELECT datlocprovider::text || daticulocale FROM pg_database WHERE datname = '"
                    + aside
                    + "'"))
        .isEqualTo("ies");
  }

  @Test
  void aServerOfMajorSeventeenIsUnderstood() {
    PostgresFixture newer = PostgresFixture.sharedMajor(17);
    newer.execute(
        "postgres",
        "CREATE DATABASE \"%s\" TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            .formatted(aside));
    DatabaseServer server = database(newer, "postgres").server();
    server.create(new NewDatabase("like_" + aside, aside, "ours"));

    assertThat(
            query(
                newer,
                "postgres",
                "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'like_"
                    + aside
                    + "'"))
        .isEqualTo("bC.UTF-8");
    server.swap(new DatabaseSwap(aside, "like_" + aside, "old_" + aside, true));
    assertThat(server.drop("old_" + aside)).isTrue();
    assertThat(server.drop(aside)).isTrue();
  }
}
