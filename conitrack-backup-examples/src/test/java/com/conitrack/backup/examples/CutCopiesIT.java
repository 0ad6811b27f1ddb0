package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.archive.DirectoryTarCodec;
import com.conitrack.backup.archive.ZipCodec;
import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.adopt.AdoptionRequest;
import com.conitrack.backup.core.adopt.AdoptionSource;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.pg.PgArchives;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Copies of every form that were whole when the restore was planned, and are cut or damaged when it
 * reads them: the storage lists all of their bytes and delivers fewer, or others.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CutCopiesIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String DATABASE = "cuts";
  private static final Database PRODUCTION =
      PostgresDatabase.of(
          PostgresConnection.of(SERVER.jdbcUrl(DATABASE))
              .withUser(SERVER.superuser())
              .withPassword(SERVER.password()));

  private static final PgArchives ARCHIVES = PgArchives.withToolsIn(SERVER.binDirectory());
  private static final List<RestoreStrategy> STRATEGIES = List.of(RestoreStrategy.values());

  /** Every form, at any place: more of them with {@code -Dcuts.rounds=300}. */
  private static final int ROUNDS = Integer.getInteger("cuts.rounds", 1);

  private static final long SEED = Long.getLong("cuts.seed", 20_261_126);

  private static final List<String> LOADS =
      List.of("load and compare", "replace in one transaction");

  private static final String TABLES =
      """
      CREATE TABLE lote (id int PRIMARY KEY, nota text);
      CREATE TABLE movimiento (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lote int REFERENCES lote, nota text);
      INSERT INTO lote SELECT n, md5(n::text) || md5('a' || n) FROM generate_series(1, 3000) n;
      INSERT INTO movimiento (lote, nota) SELECT n, md5('m' || n) || md5('b' || n) FROM generate_series(1, 3000) n;
      CREATE INDEX ON movimiento (nota);
      CREATE VIEW saldo AS SELECT lote, count(*) FROM movimiento GROUP BY lote;
      SELECT lo_from_bytea(0, '\\xdeadbeef');
      """;

  @TempDir static Path directory;
  private final Map<StoredForm, Stored> stored = new EnumMap<>(StoredForm.class);
  private Fingerprint old;

  /**
   * A backup in one form.
   *
   * @param storages where its copies are: one for each place where a copy is cut, and a last one
   */
  private record Stored(
      StoredForm form,
      List<FaultyStorage> storages,
      Manifest manifest,
      Map<String, Fault> places,
      int bytes) {
    void damage(FaultyStorage storage, Fault fault) {
      storage.add(manifest.dump().key()::equals, fault);
    }

    /** One after the other, but for the last of them. */
    void damage(List<Fault> faults, int lastWhole) {
      for (int i = 0; i < storages.size() - lastWhole; i++) {
        damage(storages.get(i), faults.get(i));
      }
    }

    void damageAtItsPlaces() {
      damage(List.copyOf(places.values()), 1);
    }

    void damageAtItsPlacesAndTheLast() {
      damageAtItsPlaces();
      damage(storages.get(storages.size() - 1), new Fault.TruncateRead(bytes - 1L));
    }
  }

  /** When copies turn out to be damaged. */
  private enum Moment {
    /** When they are read for the first time. */
    FROM_THE_START,
    /** After one was read whole: the load is what meets it. */
    AT_THE_LOAD
  }

  @BeforeAll
  static void fill() {
    SERVER.createDatabase(DATABASE);
    SERVER.execute(DATABASE, TABLES);
  }

  /** Each copy at another place, so that one restore meets them all; each strategy once. */
  @ParameterizedTest
  @EnumSource(names = {"OWN_GZIP", "ZIP", "TAR"})
  void whereverCopiesAreCutProductionIsTheOldOne(StoredForm form) throws Exception {
    Stored copies = stored(form);

    assertNothingChanged(
        copies, strategy(form.ordinal()), Moment.AT_THE_LOAD, copies::damageAtItsPlacesAndTheLast);
  }

  /** Among them an archive whose damage makes its tool seem to be missing. */
  @ParameterizedTest
  @CsvSource({"OWN_PLAIN, IN_ONE_TRANSACTION", "CUSTOM, RECREATE"})
  void theOneWholeCopyIsTaken(StoredForm form, RestoreStrategy strategy) throws Exception {
    Stored copies = stored(form);

    assertTheLastIsTaken(copies, strategy, copies::damageAtItsPlaces);
  }

  @Test
  void whatIsCutFromTheStartOnIsFoundBeforeAnythingIsDeleted() throws Exception {
    Stored copies = stored(StoredForm.OWN_PLAIN);
    Fault cut = copies.places().get("before the trailer");

    assertNothingChanged(
        copies,
        RestoreStrategy.RECREATE,
        Moment.FROM_THE_START,
        () -> copies.storages().forEach(each -> copies.damage(each, cut)));
  }

  @Test
  void aDrillTakesTheOneWholeCopyOrLeavesNothing() throws Exception {
    Stored copies = stored(StoredForm.CUSTOM);
    prepare(copies);
    copies.damageAtItsPlaces();

    DrillOutcome passed = backups(copies).drill(DrillRequest.of(copies.manifest().id()));
    copies.damageAtItsPlacesAndTheLast();
    DrillOutcome failed = backups(copies).drill(DrillRequest.of(copies.manifest().id()));

    assertThat(passed).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(passed.report().storage()).isEqualTo("last");
    assertThat(failed).isInstanceOf(DrillOutcome.Failed.class);
    assertThat(proved(copies)).isEmpty();
    assertThat(databases("conitrack_drill_")).isEmpty();
    assertThat(current()).isEqualTo(old);
  }

  @Test
  void aVerificationTellsDamageFromAMissingTool() throws Exception {
    Stored copies = stored(StoredForm.CUSTOM);
    prepare(copies);
    copies.damageAtItsPlaces();

    backups(copies).verify(copies.manifest().id(), VerificationLevel.CONTENT);

    assertThat(proved(copies)).containsExactly("last");
  }

  /** Every form, by every strategy, at any place. */
  @Test
  void atRandomPlaces(TestReporter reporter) throws Exception {
    Random random = new Random(SEED);
    Map<String, Integer> done = new TreeMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Stored copies = stored(StoredForm.values()[random.nextInt(StoredForm.values().length)]);
      RestoreStrategy strategy = strategy(random.nextInt(STRATEGIES.size()));
      Moment moment = Moment.values()[random.nextInt(2)];
      boolean oneWhole = random.nextInt(4) == 0;
      List<Fault> faults = copies.storages().stream().map(any -> anyFault(random, copies)).toList();
      String what = (oneWhole ? "one whole: " : "none whole, " + moment + ": ") + strategy;
      reporter.publishEntry("round " + round + ", " + what + ", " + copies.form() + ": " + faults);
      if (oneWhole) {
        assertTheLastIsTaken(copies, strategy, () -> copies.damage(faults, 1));
      } else {
        assertNothingChanged(copies, strategy, moment, () -> copies.damage(faults, 0));
      }
      done.merge(what, 1, Integer::sum);
    }
    reporter.publishEntry(ROUNDS + " rounds: " + done);
  }

  private static Fault anyFault(Random random, Stored copies) {
    int at = random.nextInt(copies.bytes());
    List<Fault> places = List.copyOf(copies.places().values());
    return switch (random.nextInt(5)) {
      case 0 -> new Fault.FlipBit(random.nextInt(Math.min(512, copies.bytes())));
      case 1 -> new Fault.FlipBit(at);
      case 2 -> places.get(random.nextInt(places.size()));
      default -> new Fault.TruncateRead(at);
    };
  }

  private static RestoreStrategy strategy(int number) {
    return STRATEGIES.get(number % STRATEGIES.size());
  }

  private void assertNothingChanged(
      Stored copies, RestoreStrategy strategy, Moment moment, Runnable damage) throws SQLException {
    prepare(copies);
    long oid = oid();

    ProductionOutcome outcome = restore(copies, strategy, moment, damage);

    assertThat(outcome).isInstanceOf(ProductionOutcome.Failed.class);
    ProductionOutcome.Failed failed = (ProductionOutcome.Failed) outcome;
    boolean deleted = strategy == RestoreStrategy.RECREATE && moment == Moment.AT_THE_LOAD;
    assertThat(failed.failure().kind()).isEqualTo(ErrorKind.DAMAGED);
    assertThat(failed.production())
        .startsWith(deleted ? "the old one, loaded from the safety backup" : "the old one");
    assertThat(current()).isEqualTo(old);
    assertThat(oid() == oid).as("the very same database").isEqualTo(!deleted);
    assertThat(databases(DATABASE)).containsExactly(DATABASE);
    RestoreRecord record = lastRecord(copies);
    assertThat(record.state()).isEqualTo(RestoreRecord.State.FAILED);
    assertThat(record.fact(RegisterDetails.REASON)).contains("from storage 'last'");
    assertThat(proved(copies)).isEmpty();
  }

  private void assertTheLastIsTaken(Stored copies, RestoreStrategy strategy, Runnable damage) {
    prepare(copies);

    ProductionOutcome outcome = restore(copies, strategy, Moment.AT_THE_LOAD, damage);

    assertThat(outcome).isInstanceOf(ProductionOutcome.Restored.class);
    assertThat(lastRecord(copies).fact(RegisterDetails.SOURCE)).isEqualTo("last");
    assertThat(current()).isEqualTo(copies.manifest().contents());
    assertThat(proved(copies)).containsExactly("last");
    if (strategy == RestoreStrategy.SWAP) {
      backups(copies).discardRestore(DATABASE);
    }
    assertThat(databases(DATABASE)).containsExactly(DATABASE);
  }

  private ProductionOutcome restore(
      Stored copies, RestoreStrategy strategy, Moment moment, Runnable damage) {
    RestoreRequest request =
        RestoreRequest.of(copies.manifest().id()).because("a test").by(strategy);
    RestorePlan plan = backups(copies).planRestore(request);
    assertThat(plan.obstacles()).isEmpty();
    if (moment == Moment.FROM_THE_START) {
      damage.run();
    }
    BackupListener listener =
        event -> {
          if (moment == Moment.AT_THE_LOAD
              && event instanceof BackupEvent.RestoreStep at
              && LOADS.contains(at.step())) {
            damage.run();
          }
        };
    return builder(copies.form(), copies.storages())
        .listener(listener)
        .build()
        .restore(RestoreOrder.of(plan, DATABASE));
  }

  /** Every copy is whole and proved, and the database is another than the backup. */
  private void prepare(Stored copies) {
    copies.storages().forEach(FaultyStorage::heal);
    if (proved(copies).size() < copies.storages().size()) {
      backups(copies).verify(copies.manifest().id(), VerificationLevel.STORED);
    }
    SERVER.execute(
        DATABASE, "INSERT INTO movimiento (lote, nota) VALUES (1, gen_random_uuid()::text)");
    old = current();
  }

  private Stored stored(StoredForm form) throws Exception {
    Stored known = stored.get(form);
    Stored copies = known == null ? store(form) : known;
    stored.put(form, copies);
    return copies;
  }

  private static Stored store(StoredForm form) throws Exception {
    List<FaultyStorage> storages = new ArrayList<>();
    for (int place = 1; place <= StoredForm.PLACES; place++) {
      storages.add(new FaultyStorage(new InMemoryStorage("cut" + place)));
    }
    storages.add(new FaultyStorage(new InMemoryStorage("last")));
    ConitrackBackup backups = builder(form, storages).build();
    BackupOutcome outcome =
        form.command().isEmpty()
            ? backups.backup(Trigger.MANUAL)
            : backups.adopt(AdoptionRequest.of(AdoptionSource.file(make(form.command()))));
    Manifest manifest = outcome.orThrow();
    try (InputStream copy = storages.get(0).open(manifest.dump().key())) {
      byte[] whole = copy.readAllBytes();
      return new Stored(form, storages, manifest, form.places(whole), whole.length);
    }
  }

  private static Path make(String command) throws Exception {
    Path work = Files.createTempDirectory(directory, "made");
    Path out = work.resolve("latest");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", command).directory(work.toFile()).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put("OUT", out.toString());
    environment.put("PATH", SERVER.binDirectory() + ":" + environment.get("PATH"));
    environment.put("PGHOST", SERVER.host());
    environment.put("PGPORT", Integer.toString(SERVER.port()));
    environment.put("PGUSER", SERVER.superuser());
    environment.put("PGPASSWORD", SERVER.password());
    environment.put("PGDATABASE", DATABASE);
    Process process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command).isZero();
    return out;
  }

  private static ConitrackBackup backups(Stored copies) {
    return builder(copies.form(), copies.storages()).build();
  }

  private static ConitrackBackupBuilder builder(StoredForm form, List<FaultyStorage> storages) {
    ConitrackBackupBuilder builder =
        ConitrackBackup.builder()
            .database(PRODUCTION)
            .policy(Policies.WITHOUT_RULES)
            .codecs(form.codecs())
            .readableCodecs(
                ZipCodec.create(),
                ZstdCodec.create(),
                ARCHIVES.custom(),
                DirectoryTarCodec.create(ARCHIVES.directories(), directory));
    storages.forEach(builder::storage);
    return builder;
  }

  /** The storages whose copy is proved. */
  private static List<String> proved(Stored copies) {
    return backups(copies).catalogue().find(copies.manifest().id()).orElseThrow().copies().stream()
        .filter(CopyState::proved)
        .map(CopyState::storage)
        .toList();
  }

  private static RestoreRecord lastRecord(Stored copies) {
    List<RestoreRecord> records = RestoreRecord.of(backups(copies).register().entries(), DATABASE);
    return records.get(records.size() - 1);
  }

  private static Fingerprint current() {
    return Restorer.dumpAgain(PRODUCTION).fingerprint();
  }

  private static List<String> databases(String prefix) {
    return PRODUCTION.server().databases().stream()
        .map(DatabaseDescription::name)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static long oid() throws SQLException {
    try (Connection connection = SERVER.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT oid FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
