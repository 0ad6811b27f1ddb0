package com.conitrack.backup.generations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application's database, where its backups go, and starts of the application on them. */
final class Lots {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private final String database = SERVER.freshDatabase();
  private final List<String> settings = new ArrayList<>();

  Lots(Path backups) {
    set("spring.application.name", "lots");
    set("spring.datasource.url", SERVER.jdbcUrl(database));
    set("spring.datasource.username", SERVER.superuser());
    set("spring.datasource.password", SERVER.password());
    // What a start does not need here.
    set("spring.datasource.hikari.maximum-pool-size", "2");
    set("spring.main.web-application-type", "none");
    set("conitrack.backup.storages[0].type", "filesystem");
    set("conitrack.backup.storages[0].path", backups.toString());
    set("conitrack.backup.database.tools", SERVER.binDirectory().toString());
  }

  /** With a web server, on a free port. */
  Lots served() {
    return set("spring.main.web-application-type", "servlet").set("server.port", "0");
  }

  Lots set(String key, String value) {
    settings.removeIf(setting -> setting.startsWith("--" + key + "="));
    settings.add("--" + key + "=" + value);
    return this;
  }

  /** Migrated to the first version, as by an application that had no backups yet. */
  Lots inUse() {
    Flyway.configure()
        .dataSource(SERVER.jdbcUrl(database), SERVER.superuser(), SERVER.password())
        .locations("classpath:lots/first")
        .load()
        .migrate();
    return this;
  }

  /** Starts the application with the first migration and those of another directory. */
  ConfigurableApplicationContext start(String migrations) {
    return SpringApplication.run(
        LotsApplication.class, arguments(migrations).toArray(String[]::new));
  }

  /** The arguments of such a start. */
  List<String> arguments(String migrations) {
    List<String> all = new ArrayList<>(settings);
    all.add("--spring.flyway.locations=classpath:lots/first,classpath:lots/" + migrations);
    return all;
  }

  /** What is printed by a start that must fail. */
  String failingStart(String migrations) {
    return printedBy(
        () ->
            assertThatThrownBy(() -> start(migrations).close())
                .isInstanceOf(RuntimeException.class));
  }

  /** What is printed meanwhile; it is printed all the same. */
  static String printedBy(Runnable work) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(out);
      out.print(printed.toString(StandardCharsets.UTF_8));
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The ids of the lots, in order. */
  List<Integer> ids() {
    try (var connection = SERVER.connect(database);
        var statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT id FROM lotes ORDER BY id")) {
      List<Integer> ids = new ArrayList<>();
      while (answer.next()) {
        ids.add(answer.getInt(1));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
