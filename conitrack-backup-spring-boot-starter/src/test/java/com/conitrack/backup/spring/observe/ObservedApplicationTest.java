package com.conitrack.backup.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A started application, asked over HTTP: one, in the order of its life. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedApplicationTest {
  private static final InMemoryDatabase DATABASE =
      InMemoryDatabase.named("stock").table("public.lote", "id").row("public.lote", "1");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ConfigurableApplicationContext context;

  @BeforeAll
  static void start() {
    context =
        new SpringApplication(Application.class)
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=health,metrics,conitrackbackup",
                "--management.endpoint.health.show-details=always",
                "--management.endpoint.conitrackbackup.access=unrestricted",
                "--conitrack.backup.page.enabled=true",
                "--conitrack.backup.schedule.enabled=false",
                "--conitrack.backup.status.patience=2m");
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  @Order(1)
  void isDownWithoutABackup() throws Exception {
    HttpResponse<String> answer = get("/actuator/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    JsonNode backup = json(answer).at("/components/conitrackBackup");
    assertThat(backup.get("status").asText()).isEqualTo("DOWN");
    assertThat(backup.at("/details/reasons/0").asText())
        .isEqualTo("there is no backup; to do: take a backup");
  }

  @Test
  @Order(2)
  void takesABackupWhenAskedByWriting() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(uri("/actuator/conitrackbackup"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"before the move\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).get("result").asText()).isEqualTo("COMPLETE");
    String id = json(answer).get("id").asText();
    JsonNode status = awaitHealth("OK");
    assertThat(status.at("/newest/id").asText()).isEqualTo(id);
    assertThat(json(get("/actuator/health")).at("/components/conitrackBackup/status").asText())
        .isEqualTo("UP");
    JsonNode backups = json(get("/actuator/conitrackbackup/backups?limit=5"));
    assertThat(backups.at("/backups/0/reason").asText()).isEqualTo("before the move");
    assertThat(json(get("/actuator/conitrackbackup/register")).at("/register/0/event").asText())
        .isEqualTo("BACKUP");
    assertThat(json(get("/actuator/conitrackbackup/runs")).has("next")).isTrue();
    assertThat(get("/actuator/conitrackbackup/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void countsFailuresByKindAndWarns() throws Exception {
    DATABASE.failNextDumpAfter(
        5, new DatabaseException(ErrorKind.FULL, "unable to dump", "no space left", null));
    context.getBean(ConitrackBackup.class).backup(BackupRequest.of(Trigger.MANUAL));

    JsonNode status = awaitHealth("WARNING");

    assertThat(status.at("/reasons/0/text").asText()).contains("no space left");
    assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
    MeterRegistry meters = context.getBean(MeterRegistry.class);
    assertThat(meters.get("conitrack.backup.failures").tag("kind", "full").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("conitrack.backup.duration").tag("result", "complete").timer().count())
        .isEqualTo(1);
    assertThat(meters.get("conitrack.backup.size.plain").summary().totalAmount()).isPositive();
    assertThat(meters.get("conitrack.backup.rpo.remaining").gauge().value()).isPositive();
    assertThat(
            meters
                .get("conitrack.backup.copies")
                .tags("storage", "nas", "state", "proved")
                .gauge()
                .value())
        .isEqualTo(1);
    assertThat(json(get("/actuator/metrics/conitrack.backup.newest.age")).get("baseUnit").asText())
        .isEqualTo("seconds");
  }

  @Test
  @Order(4)
  void tellsListenersAndTraces() {
    Application application = context.getBean(Application.class);

    assertThat(application.results).containsExactly("COMPLETE", "FAILED");
    assertThat(application.observed)
        .hasSize(2)
        .allSatisfy(name -> assertThat(name).contains("conitrack.backup.trigger='manual'"));
    assertThat(application.observed.get(0)).contains("conitrack.backup.result='complete'");
    assertThat(application.observed.get(1)).contains("conitrack.backup.failure='full'");
  }

  @Test
  @Order(5)
  void servesThePageToThisMachineAloneWithoutSecurity() throws Exception {
    HttpResponse<String> page = get("/conitrack-backup?lang=es&q=%3Cscript%3E");
    HttpResponse<String> proxied =
        HTTP.send(
            HttpRequest.newBuilder(uri("/conitrack-backup"))
                .header("X-Forwarded-For", "203.0.113.7")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> written =
        HTTP.send(
            HttpRequest.newBuilder(uri("/conitrack-backup"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(page.body()).contains("lang=\"es\"", "&lt;script&gt;").doesNotContain("<script");
    assertThat(proxied.statusCode()).isEqualTo(403);
    assertThat(proxied.body()).contains("conitrack.backup.page.anyone=true");
    assertThat(written.statusCode()).isEqualTo(405);
  }

  private static JsonNode awaitHealth(String health) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .until(
            () -> json(get("/actuator/conitrackbackup")),
            status -> status.get("health").asText().equals(health));
  }

  private static URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    final List<String> results = new CopyOnWriteArrayList<>();
    final List<String> observed = new CopyOnWriteArrayList<>();

    @Bean
    static Database database() {
      return DATABASE;
    }

    @Bean
    static BackupStorage storage() {
      return new InMemoryStorage("nas");
    }

    @EventListener
    void on(BackupEvent.Finished event) {
      results.add(event.result());
    }

    @Bean
    static ObservationHandler<Observation.Context> recorder(
        org.springframework.beans.factory.ObjectProvider<Application> application) {
      return new ObservationHandler<>() {
        @Override
        public void onStop(Observation.Context stopped) {
          if (stopped.getName().equals("conitrack.backup")) {
            application.getObject().observed.add(stopped.toString());
          }
        }

        @Override
        public boolean supportsContext(Observation.Context any) {
          return true;
        }
      };
    }

    @Bean
    static Boolean observes(ObservationRegistry registry) {
      return !registry.isNoop();
    }
  }
}
