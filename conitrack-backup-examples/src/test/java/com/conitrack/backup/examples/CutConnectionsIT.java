package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.r2.S3Storage;
import com.conitrack.backup.testsupport.database.DatabaseContents;
import com.conitrack.backup.testsupport.net.FaultProxy;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Backups into a bucket, and restores out of it, while connections to it are cut at random. What is
 * reported good is good; what failed says so, and nothing partial of it can be seen.
 */
class CutConnectionsIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  /** More of them with {@code -Dcuts.rounds=100}. */
  private static final int ROUNDS = Integer.getInteger("cuts.rounds", 4);

  private static final long SEED = Long.getLong("cuts.seed", 20_261_124);

  /** So that repeated requests overcome most cuts in one round, and hardly any in the next. */
  private static final List<Long> MEAN_BYTES = List.of(6_000_000L, 700_000L);

  private static S3Server store;
  private static FaultProxy proxy;
  private static String bucket;
  private static String source;

  private int reportedFailures;

  @BeforeAll
  static void startTheStore() throws SQLException {
    store = S3Server.s3Proxy();
    proxy = FaultProxy.to(store.address());
    bucket = store.newBucket();
    source = SERVER.freshDatabase();
    SERVER.execute(
        source,
        "CREATE TABLE lote AS SELECT n AS id, md5(n::text) || repeat('x', 220) AS codigo"
            + " FROM generate_series(1, 50000) n");
  }

  @AfterAll
  static void stopTheStore() {
    proxy.close();
    store.close();
  }

  @Test
  void whatIsReportedGoodIsGoodAndWhatFailsLeavesNothing(TestReporter reporter)
      throws SQLException {
    try (S3Storage cut = storage(S3Server.endpointAt(proxy.address()));
        S3Storage direct = storage(store.endpoint())) {
      ConitrackBackup backups = over(cut);
      ConitrackBackup truth = over(direct);
      Manifest good = truth.backup(Trigger.MANUAL).orThrow();
      for (int round = 0; round < ROUNDS; round++) {
        backUpUnderCuts(backups, truth, round);
        restoreUnderCuts(backups, good, round);
      }
      assertThat(truth.backup(Trigger.MANUAL).good()).isTrue();
      assertThat(store.openUploads(bucket)).as("uploads left after the next run").isEmpty();
      assertThat(direct.list("pending/")).isEmpty();
      assertThat(truth.verifyAll(VerificationLevel.CONTENT).proved()).isTrue();
      assertThat(truth.register().verify(manifests(truth))).isEmpty();
      reporter.publishEntry(
          "%d rounds, %d cuts, %d failures reported"
              .formatted(ROUNDS, proxy.faultsDone(), reportedFailures));
      assertThat(proxy.faultsDone()).as("cuts made").isPositive();
      assertThat(reportedFailures).as("failures reported").isPositive();
    }
  }

  private void backUpUnderCuts(ConitrackBackup backups, ConitrackBackup truth, int round) {
    cutConnections(SEED + round, round);
    BackupId reportedGood = null;
    try {
      BackupOutcome outcome = backups.backup(Trigger.MANUAL);
      reportedGood = outcome.good() ? outcome.id() : null;
    } catch (BackupException e) {
      // Reported, as it should be.
    } finally {
      proxy.calm();
    }
    reportedFailures += reportedGood == null ? 1 : 0;
    assertThat(truth.verifyAll(VerificationLevel.CONTENT).backups())
        .as("what can be seen after the backup of round %d", round)
        .allMatch(verified -> verified.proved());
    if (reportedGood != null) {
      Catalogue catalogue = truth.catalogue();
      assertThat(catalogue.find(reportedGood)).get().matches(CatalogueEntry::good);
    }
  }

  private void restoreUnderCuts(ConitrackBackup backups, Manifest good, int round)
      throws SQLException {
    String target = SERVER.freshDatabase();
    boolean equal = false;
    cutConnections(SEED - 1 - round, round);
    try {
      RestoreOutcome outcome = backups.restoreTo(good.id(), database(target));
      assertThat(outcome).isNotInstanceOf(RestoreOutcome.Different.class);
      equal = outcome instanceof RestoreOutcome.Equal;
    } catch (BackupException e) {
      // Reported, as it should be.
    } finally {
      proxy.calm();
    }
    reportedFailures += equal ? 0 : 1;
    if (equal) {
      assertThat(contents(target)).isEqualTo(contents(source));
    }
    SERVER.execute("postgres", "DROP DATABASE \"" + target + "\" WITH (FORCE)");
  }

  /** Ends the connections that stand, too: made in calm, they would carry everything. */
  private static void cutConnections(long seed, int round) {
    proxy.refuse();
    proxy.calm();
    proxy.cutAtRandom(seed, MEAN_BYTES.get(round % MEAN_BYTES.size()));
  }

  private static List<Manifest> manifests(ConitrackBackup backups) {
    return backups.catalogue().entries().stream().map(CatalogueEntry::manifest).toList();
  }

  private static S3Storage storage(URI endpoint) {
    return S3Storage.named("cloud")
        .bucket(bucket)
        .endpoint(endpoint)
        .region(S3Server.REGION)
        .credentials(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)
        .pathStyle(true)
        .partBytes(5 * 1024 * 1024)
        .timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60))
        .build();
  }

  /** Uncoded, so that a small database makes several parts. */
  private static ConitrackBackup over(S3Storage storage) {
    return ConitrackBackup.builder()
        .database(database(source))
        .storage(storage)
        .policy(Policies.WITHOUT_RULES)
        .codecs()
        .build();
  }

  private static Database database(String name) {
    return PostgresDatabase.of(
        PostgresConnection.of(SERVER.jdbcUrl(name))
            .withUser(SERVER.superuser())
            .withPassword(SERVER.password()));
  }

  private static DatabaseContents contents(String database) throws SQLException {
    try (Connection connection = SERVER.connect(database)) {
      return DatabaseContents.of(connection);
    }
  }
}
