package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.partial.InPlaceOrder;
import com.conitrack.backup.core.partial.InPlaceOutcome;
import com.conitrack.backup.core.partial.InPlacePlan;
import com.conitrack.backup.core.partial.InPlaceRequest;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of a backup put back in their place, from plan to register, on a real server. */
class InPlaceIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private static final String SCHEMA =
      """
      CREATE TABLE lote (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nombre varchar(50), peso numeric(10,2),
        doble numeric GENERATED ALWAYS AS (peso * 2) STORED, cuando timestamp with time zone, notas text[]);
      CREATE TABLE lote_aud (id int, rev int, nombre text, PRIMARY KEY (id, rev));
      CREATE TABLE movimiento (id serial PRIMARY KEY, lote int REFERENCES lote ON DELETE CASCADE);
      CREATE TABLE medida (dia date, v int) PARTITION BY RANGE (dia);
      CREATE TABLE medida_25 PARTITION OF medida FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE base (x int); CREATE TABLE hija (y int) INHERITS (base);
      INSERT INTO lote (nombre, peso, notas) SELECT 'secreto ' || n, n, ARRAY['a', NULL] FROM generate_series(1, 20) n;
      INSERT INTO lote_aud VALUES (1, 1, 'secreto');
      INSERT INTO movimiento (lote) SELECT id FROM lote;
      INSERT INTO medida VALUES ('2025-05-05', 1); INSERT INTO base VALUES (1); INSERT INTO hija VALUES (2, 3);
      """;

  private static final String LATER =
      """
      UPDATE lote SET nombre = 'wrong' WHERE id = 1; INSERT INTO lote (nombre) VALUES ('new');
      ALTER TABLE movimiento DISABLE TRIGGER ALL; ALTER TABLE lote DISABLE TRIGGER ALL; DELETE FROM lote WHERE id = 7;
      ALTER TABLE movimiento ENABLE TRIGGER ALL; ALTER TABLE lote ENABLE TRIGGER ALL;
      INSERT INTO lote_aud VALUES (1, 2, 'wrong');
      CREATE TABLE medida_26 PARTITION OF medida FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      INSERT INTO medida VALUES ('2026-05-05', 2); DELETE FROM medida_25; DELETE FROM hija;
      """;

  private final InMemoryStorage storage = new InMemoryStorage("memory");
  private final String database = SERVER.freshDatabase();
  private String killAt = "";
  private final ConitrackBackup backups =
      ConitrackBackup.builder()
          .database(Targets.database(SERVER, database))
          .storage(storage)
          .policy(
              BackupPolicy.builder()
                  .rpo(Duration.ofDays(1))
                  .rto(Duration.ofHours(4))
                  .restore(RestoreRules.DEFAULT.withApproval(RestoreKind.PARTIAL, "IT Manager"))
                  .build())
          .listener(
              event -> {
                if (event instanceof BackupEvent.RestoreStep step && step.step().equals(killAt)) {
                  killSession();
                }
              })
          .build();
  private BackupId backup;

  @BeforeEach
  void backUp() {
    SERVER.execute(database, SCHEMA);
    backup = backups.backup(Trigger.MANUAL).orThrow().id();
    SERVER.execute(database, LATER);
  }

  private static void killSession() {
    query(
        SERVER,
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'conitrack-backup restore'");
  }

  private InPlacePlan plan(String... tables) {
    return backups.tables().planInPlace(InPlaceRequest.of(backup, tables).because("lost rows"));
  }

  private static Approval approval(InPlacePlan plan, String person, String role, Instant until) {
    return new Approval(
        UUID.randomUUID().toString(),
        person,
        role,
        "TICKET-1",
        "lost rows",
        plan.subject(),
        until.minusSeconds(3600),
        until,
        null);
  }

  private InPlaceOrder approved(InPlacePlan plan) {
    Instant until = Instant.now().plusSeconds(1800);
    return InPlaceOrder.of(plan, database)
        .approvedBy(List.of(approval(plan, "Marta", "IT Manager", until)));
  }

  private InPlaceOutcome restored(InPlacePlan plan) {
    return backups.tables().inPlace(approved(plan));
  }

  private String ask(String sql) {
    return query(SERVER, database, sql);
  }

  private String rows() {
    return ask(
        "SELECT (SELECT string_agg(t::text, ';' ORDER BY t::text) FROM lote t)"
            + " || (SELECT string_agg(t::text, ';' ORDER BY t::text) FROM lote_aud t)");
  }

  private List<RegisterEntry> entries() {
    return backups.register().entries();
  }

  @Test
  void putsThemBackAsPlannedAndApprovedWithAllOfItOnRecord() {
    InPlacePlan plan = plan("lote*", "medida", "base");

    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.changes())
        .extracting(c -> c.table().name() + " " + c.added() + " " + c.removed() + " " + c.altered())
        .containsExactlyInAnyOrder(
            "lote 1 1 1", "lote_aud 0 1 0", "medida 1 1 0", "base 0 0 0", "hija 1 0 0");
    assertThat(new String(plan.toJson(), StandardCharsets.UTF_8))
        .doesNotContain("secreto", "wrong");
    assertThat(InPlacePlan.read(plan.toJson())).isEqualTo(plan);
    assertThat(InPlacePlan.isOne(plan.toJson())).isTrue();

    InPlaceOutcome outcome = restored(plan);

    assertThat(outcome).as(outcome.toString()).isInstanceOf(InPlaceOutcome.Done.class);
    InPlaceOutcome.Done done = (InPlaceOutcome.Done) outcome;
    assertThat(plan("lote*", "medida", "base").nothing()).isTrue();
    assertThat(ask("SELECT count(*) FROM movimiento")).isEqualTo("20");
    assertThat(ask("SELECT nextval('lote_id_seq')")).isEqualTo("22");
    assertThat(done.before()).isNotEqualTo(done.after());
    assertThat(backups.catalogue().find(done.safety()).orElseThrow().manifest().trigger())
        .isEqualTo(Trigger.PRE_RESTORE);
    RegisterEntry last =
        entries().stream()
            .filter(e -> e.outcome().equals("IN_PLACE_DONE"))
            .findFirst()
            .orElseThrow();
    assertThat(last.details())
        .containsEntry(RegisterDetails.DIGEST_BEFORE, done.before().hex())
        .containsEntry(RegisterDetails.DIGEST_AFTER, done.after().hex())
        .containsKeys(RegisterDetails.ANNEX_SHA256, RegisterDetails.LOST_FROM);
    assertThat(entries().toString()).doesNotContain("secreto", "wrong");
    String annex = "annex/" + done.safety() + "/001_public.lote_aud.csv";
    assertThat(storage.find(annex)).isPresent();
    assertThat(backups.restoreStatus(ApplicationHooks.NONE).settled()).isEmpty();
    assertThat(restored(plan)).isInstanceOf(InPlaceOutcome.Failed.class);
  }

  @Test
  void whatIsNotApprovedIsRefusedBeforeAnythingIsTouched() {
    InPlacePlan plan = plan("lote");
    Instant later = Instant.now().plusSeconds(1800);
    String before = rows();

    assertThat(refused(plan)).contains("approval of IT Manager is missing");
    assertThat(refused(plan, approval(plan, System.getProperty("user.name"), "IT Manager", later)))
        .contains("nobody approves their own");
    assertThat(refused(plan, approval(plan, "Marta", "Intern", later)))
        .contains("needs IT Manager");
    assertThat(refused(plan, approval(plan, "Marta", "IT Manager", Instant.now().minusSeconds(1))))
        .contains("expired");
    assertThat(refused(plan, approval(plan("lote_aud"), "Marta", "IT Manager", later)))
        .contains("is for another plan");
    BackupException altered =
        Targets.failure(
            () ->
                InPlacePlan.read(
                    new String(plan.toJson(), StandardCharsets.UTF_8)
                        .replace("\"removed\" : 1", "\"removed\" : 0")
                        .getBytes(StandardCharsets.UTF_8)));
    assertThat(altered).hasMessageContaining("was altered");
    assertThat(rows()).isEqualTo(before);
    assertThat(entries()).noneMatch(e -> e.outcome().startsWith("IN_PLACE"));
    assertThat(restored(plan)).isInstanceOf(InPlaceOutcome.Done.class);
    assertThat(refused(plan("lote"), approved(plan).approvals().get(0))).contains("another plan");
  }

  private String refused(InPlacePlan plan, Approval... approvals) {
    InPlaceOrder order = InPlaceOrder.of(plan, database).approvedBy(List.of(approvals));
    BackupException failure = Targets.failure(() -> backups.tables().inPlace(order));
    assertThat(failure.kind()).isEqualTo(ErrorKind.RULE);
    return String.valueOf(failure.getMessage());
  }

  @Test
  void rowsThatChangedSinceNeedANewApproval() {
    InPlacePlan plan = plan("lote");
    SERVER.execute(database, "UPDATE lote SET nombre = 'also wrong' WHERE id = 1");
    String before = rows();

    InPlaceOutcome.Failed failed = (InPlaceOutcome.Failed) restored(plan);

    assertThat(failed.failure()).hasMessageContaining("rows have changed since the plan");
    assertThat(rows()).isEqualTo(before);
    InPlacePlan now = failed.now();
    assertThat(now).isNotNull();
    assertThat(now.changes().get(0).altered()).isEqualTo(1);
    assertThat(entries()).noneMatch(e -> e.outcome().equals("USED"));
    assertThat(restored(now)).isInstanceOf(InPlaceOutcome.Done.class);
  }

  @Test
  void aForeignKeyThatWouldBreakIsAnObstacleOfThePlan() {
    SERVER.execute(database, "INSERT INTO movimiento (lote) VALUES (21)");

    InPlacePlan plan = plan("lote");

    assertThat(plan.obstacles()).singleElement().asString().contains("movimiento", "(21)");
    assertThat(refused(plan, approved(plan).approvals().get(0))).contains("would not be there");
    assertThat(plan("lote", "movimiento").obstacles()).isEmpty();
  }

  @Test
  void aSessionThatIsLostLeavesAllAsItWasAndSaysSo() {
    String before = rows();
    for (String step : List.of("safety backup", "exchange the rows")) {
      killAt = step;

      InPlaceOutcome.Failed failed = (InPlaceOutcome.Failed) restored(plan("lote*"));

      assertThat(failed.tables()).isEqualTo("what they were, untouched");
      assertThat(rows()).isEqualTo(before);
    }
    assertThat(entries()).filteredOn(e -> e.outcome().equals("IN_PLACE_FAILED")).hasSize(2);
  }
}
