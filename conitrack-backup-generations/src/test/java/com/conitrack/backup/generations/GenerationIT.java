package com.conitrack.backup.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A real application with the starter: this generation's jars, a server, pg_dump. */
@Timeout(300)
class GenerationIT {
  @TempDir private Path directory;

  @Test
  void isTheGenerationMeant() {
    assertThat(SpringBootVersion.getVersion())
        .isEqualTo(System.getProperty("conitrack.generation"));
  }

  @Test
  void backsUpOnScheduleFromTheFirstInstallationAndShowsIt() throws Exception {
    Lots lots =
        new Lots(directory)
            .served()
            .set("management.endpoints.web.exposure.include", "health,metrics,conitrackbackup")
            .set("management.endpoint.health.show-details", "always")
            .set("conitrack.backup.status.patience", "1m")
            .set("conitrack.backup.page.enabled", "true")
            .set("conitrack.backup.page.anyone", "true");

    try (ConfigurableApplicationContext application = lots.start("first")) {
      assertThat(lots.ids()).containsExactly(1);
      assertThat(outcomesOfMigrations(application)).containsExactly("FIRST_INSTALLATION");
      await().atMost(Duration.ofMinutes(1)).until(() -> !backups(application).isEmpty());
      assertThat(backups(application))
          .extracting(Manifest::trigger)
          .containsExactly(Trigger.SCHEDULED);
      assertThat(get(application, "/actuator/health/conitrackBackup")).contains("registerSound");
      assertThat(get(application, "/actuator/conitrackbackup/backups")).contains("SCHEDULED");
      assertThat(get(application, "/actuator/metrics/conitrack.backup.health")).contains("VALUE");
      assertThat(get(application, "/conitrack-backup")).contains("<html");
    }
  }

  @Test
  void migratesAfterAProvedBackup() {
    Lots lots =
        new Lots(directory)
            .set("conitrack.backup.schedule.enabled", "false")
            .set("logging.structured.format.console", "logstash")
            .inUse();
    List<Manifest> taken = new ArrayList<>();

    String printed =
        Lots.printedBy(
            () -> {
              try (ConfigurableApplicationContext application = lots.start("more")) {
                taken.addAll(backups(application));
              }
            });

    Manifest backup = only(taken);
    assertThat(backup.trigger()).isEqualTo(Trigger.PRE_CHANGE);
    assertThat(backup.database().schemaVersion()).isEqualTo("1");
    assertThat(backup.reason()).contains("V2__another_lot.sql");
    assertThat(lots.ids()).containsExactly(1, 2);
    assertThat(printed.lines())
        .as("a log line with its facts as fields")
        .anyMatch(
            line ->
                line.contains("\"conitrack.backup.id\":\"" + backup.id() + "\"")
                    && line.contains("\"conitrack.backup.result\":\"COMPLETE\""));
  }

  @Test
  void doesNotMigrateWithTheStorageDownAndSaysWhatToDo() throws IOException {
    Path file = Files.createFile(directory.resolve("no-directory"));
    Lots lots = new Lots(file.resolve("backups")).inUse();

    assertThat(lots.failingStart("more"))
        .contains("APPLICATION FAILED TO START")
        .contains("Unable to migrate database")
        .contains("no proved backup could be taken first")
        .contains("Mend that and start again; nothing was migrated, 1 scripts stay pending");
    assertThat(lots.ids()).containsExactly(1);
  }

  @Test
  void tellsTheWayBackFromABadMigration() {
    Lots lots = new Lots(directory).inUse();

    assertThat(lots.failingStart("bad"))
        .contains("APPLICATION FAILED TO START")
        .contains("V2__bad.sql")
        .containsPattern(
            "conitrack-backup restore run --backup backup_\\S+ --target \\S+ --reason");
  }

  @Test
  void leavesTheApplicationAloneWhenDisabled() {
    Lots lots = new Lots(directory).set("conitrack.backup.enabled", "false").inUse();

    try (ConfigurableApplicationContext application = lots.start("more")) {
      assertThat(application.getBeanNamesForType(ConitrackBackup.class)).isEmpty();
      assertThat(application.getBeanDefinitionNames())
          .noneMatch(name -> name.contains("conitrack"));
      assertThat(lots.ids()).containsExactly(1, 2);
      assertThat(directory).isEmptyDirectory();
    }
  }

  private static List<Manifest> backups(ApplicationContext application) {
    return application.getBean(ConitrackBackup.class).catalogue().entries().stream()
        .filter(CatalogueEntry::good)
        .map(CatalogueEntry::manifest)
        .toList();
  }

  private static Manifest only(List<Manifest> backups) {
    assertThat(backups).hasSize(1);
    return backups.get(0);
  }

  private static List<String> outcomesOfMigrations(ApplicationContext application) {
    return application.getBean(ConitrackBackup.class).register().entries().stream()
        .filter(entry -> entry.event() == RegisterEvent.MIGRATION)
        .map(entry -> entry.outcome())
        .toList();
  }

  private static String get(ApplicationContext application, String path) throws Exception {
    String port = application.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(2))
            .header("Accept", "*/*")
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return response.body();
  }
}
