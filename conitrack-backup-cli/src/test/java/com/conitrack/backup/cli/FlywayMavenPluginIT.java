package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flyway's own plugin, in a Maven of its own, with the callback and placeholder of the
 * documentation.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Maven's POSIX launcher")
class FlywayMavenPluginIT {
  private static final Path COMMAND = Path.of("target", "conitrack-backup.jar").toAbsolutePath();

  /**
   * The packaged command stands for its module and what that needs, none of which is in a
   * repository yet.
   */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>org.example</groupId>
        <artifactId>stock</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        <build><plugins><plugin>
          <groupId>org.flywaydb</groupId>
          <artifactId>flyway-maven-plugin</artifactId>
          <version>%1$s</version>
          <configuration>
            <url>%2$s</url>
            <user>postgres</user>
            <locations><location>filesystem:sql</location></locations>
            <baselineOnMigrate>true</baselineOnMigrate>
            <baselineVersion>0</baselineVersion>
            <callbacks><callback>com.conitrack.backup.flyway.BackupBeforeMigrate</callback></callbacks>
            <placeholders>
              <conitrack.backup.config>${project.basedir}/conitrack-backup.yaml</conitrack.backup.config>
            </placeholders>
          </configuration>
          <dependencies>
            <dependency>
              <groupId>com.conitrack.backup</groupId>
              <artifactId>conitrack-backup-cli</artifactId>
              <version>1</version>
              <scope>system</scope>
              <systemPath>%3$s</systemPath>
            </dependency>
            <dependency>
              <groupId>org.flywaydb</groupId>
              <artifactId>flyway-database-postgresql</artifactId>
              <version>%1$s</version>
            </dependency>
          </dependencies>
        </plugin></plugins></build>
      </project>
      """;

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void makeProject() throws IOException {
    site = Site.in(directory);
    Files.createDirectory(directory.resolve("sql"));
    script("V1__note.sql", "ALTER TABLE lote ADD nota text");
    Files.writeString(
        directory.resolve("pom.xml"),
        POM.formatted("11.14.1", Site.SERVER.jdbcUrl(site.database()), COMMAND));
  }

  @Test
  void migratesAfterAProvedBackupAndNotWithoutOne() throws Exception {
    Run migrated = migrate();

    assertThat(migrated.exitCode()).as(migrated.out()).isZero();
    assertThat(columns()).contains("nota");
    assertThat(site.run("list", "--json").json().get("total").asInt()).isEqualTo(1);

    script("V2__mark.sql", "ALTER TABLE lote ADD marca text");
    site.withoutStorages();
    Run refused = migrate();

    assertThat(refused.exitCode()).as(refused.out()).isNotZero();
    assertThat(refused.out()).contains("no proved backup could be taken first");
    assertThat(columns()).doesNotContain("marca");

    Run emergency =
        migrate("-Dconitrack.backup.flyway.migrate-without-backup=ticket 7: no storage");

    assertThat(emergency.exitCode()).as(emergency.out()).isZero();
    assertThat(columns()).contains("marca");
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(directory.resolve("sql").resolve(name), sql);
  }

  private List<String> columns() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = Site.SERVER.connect(site.database());
        ResultSet columns = connection.getMetaData().getColumns(null, "public", "lote", null)) {
      while (columns.next()) {
        names.add(columns.getString("COLUMN_NAME"));
      }
    }
    return names;
  }

  private Run migrate(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("conitrack.maven"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "flyway:migrate"));
    command.addAll(List.of(options));
    Path output = directory.resolve("maven.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("FLYWAY_PASSWORD", Site.SERVER.password());
    builder.environment().put(Site.PASSWORD_VARIABLE, Site.SERVER.password());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
    Process maven = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(maven.waitFor(10, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
    } finally {
      maven.destroyForcibly();
    }
    return new Run(maven.exitValue(), Files.readString(output), "");
  }
}
