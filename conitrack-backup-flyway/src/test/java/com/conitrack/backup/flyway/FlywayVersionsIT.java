package com.conitrack.backup.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The three ways to the gate. Run once for each version of Flyway that the pom names. */
@Timeout(300)
class FlywayVersionsIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String BY_NAME = "com.conitrack.backup.flyway.BackupBeforeMigrate";

  @TempDir private Path directory;
  private String database;

  @BeforeEach
  void aDatabaseInUse() throws IOException {
    database = SERVER.freshDatabase();
    SERVER.execute(database, "CREATE TABLE lotes (id int PRIMARY KEY)");
    Files.createDirectory(directory.resolve("objects"));
    flyway().baselineVersion("1").load().baseline();
  }

  @Test
  void standsBeforeMigrateInEachOfTheFourWays() throws Exception {
    Path jar = Path.of(Flyway.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String meant = "flyway-core-" + System.getProperty("conitrack.flyway") + ".jar";
    assertThat(jar.getFileName()).hasToString(meant);

    script("V2__more.sql");
    MigrationGate.of(backups()).migrate(flyway().load());
    assertBackedUpBefore("V2__more.sql");

    script("V3__more.sql");
    flyway().callbacks(MigrationGate.of(backups()).callback()).load().migrate();
    assertBackedUpBefore("V3__more.sql");

    script("V4__more.sql");
    Files.writeString(directory.resolve("backups"), database);
    byName().load().migrate();
    assertBackedUpBefore("V4__more.sql");

    script("V5__more.sql");
    MigrationGate.of(backups()).before(flyway().load()).migrate();
    assertBackedUpBefore("V5__more.sql");
  }

  @Test
  void keepsScriptsPendingByItsNameUnlessToldWhyNot() throws IOException {
    script("V2__more.sql");
    assertThatThrownBy(() -> byName().load().migrate())
        .as("without a configuration")
        .hasStackTraceContaining("NoSuchFileException");
    Files.writeString(directory.resolve("backups"), "of_another_name");
    assertThatThrownBy(() -> byName().load().migrate())
        .as("without a backup")
        .hasStackTraceContaining("no proved backup could be taken first");
    assertThat(flyway().load().info().pending()).hasSize(1);

    byName(Map.of(BackupBeforeMigrate.OVERRIDE, "ticket 7: the old host is gone")).load().migrate();

    assertThat(flyway().load().info().pending()).isEmpty();
    assertThat(backups().register().entries())
        .filteredOn(entry -> entry.event() == RegisterEvent.MIGRATION)
        .extracting(entry -> entry.details().get("reason"))
        .singleElement()
        .satisfies(reason -> assertThat(reason).startsWith("ticket 7: the old host is gone"));
  }

  private void assertBackedUpBefore(String script) {
    assertThat(backups().catalogue().entries())
        .filteredOn(CatalogueEntry::good)
        .anySatisfy(entry -> assertThat(entry.manifest().reason()).contains(script));
    assertThat(flyway().load().info().pending()).isEmpty();
  }

  private void script(String name) throws IOException {
    Files.writeString(directory.resolve(name), "SELECT 1;\n");
  }

  private ConitrackBackup backups() {
    return TestBackups.of(database, directory.resolve("objects"));
  }

  private FluentConfiguration byName() {
    return byName(Map.of());
  }

  private FluentConfiguration byName(Map<String, String> settings) {
    return flyway()
        .workingDirectory(directory.toString())
        .configuration(
            Map.of(
                "flyway.callbacks",
                BY_NAME,
                "flyway.placeholders." + BackupBeforeMigrate.FILE,
                "backups"))
        .configuration(placeholders(settings));
  }

  private static Map<String, String> placeholders(Map<String, String> settings) {
    return settings.entrySet().stream()
        .collect(
            Collectors.toMap(
                setting -> "flyway.placeholders." + setting.getKey(), Map.Entry::getValue));
  }

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(SERVER.jdbcUrl(database), SERVER.superuser(), SERVER.password())
        .locations("filesystem:" + directory);
  }
}
