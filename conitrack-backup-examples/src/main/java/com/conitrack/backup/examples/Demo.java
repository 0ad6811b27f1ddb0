package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.verify.VerificationReport;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The main job on a private server: a pharmaceutical stock database is backed up, damaged, restored
 * beside itself, and shown to be what it was. Leaves its files for the reader to look at.
 */
public final class Demo {
  private static final String SOURCE = "conitrack";
  private static final String BESIDE = "conitrack_restored";

  private final PrintStream out;
  private final Path directory;
  private int step;

  private Demo(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
  }

  /**
   * Runs the demonstration.
   *
   * @param args where to leave the backups; by default {@code demo-backups} in the working
   *     directory
   */
  public static void main(String[] args) throws SQLException {
    Path directory = Path.of(args.length > 0 ? args[0] : "demo-backups").toAbsolutePath();
    new Demo(System.out, directory).run();
  }

  private void run() throws SQLException {
    say("Starting a private PostgreSQL server and loading a pharmaceutical stock database");
    try (PostgresFixture server = PostgresFixture.start()) {
      SampleSchemas.create(server, SOURCE, SampleSchemas.conitrack());
      ConitrackBackup backups = backups(server);
      Manifest manifest = backUp(backups);
      verify(backups, manifest);
      damage(server);
      restoreBeside(backups, manifest, server);
      printCatalogue(backups);
      printRegister(backups);
      printWhatToLookAt(manifest);
    }
  }

  private ConitrackBackup backups(PostgresFixture server) {
    return ConitrackBackup.builder()
        .database(database(server, SOURCE))
        .storage(FileSystemStorage.createAt("local", directory))
        .policy(
            BackupPolicy.sop001().toBuilder()
                .requireTables("lotes", "movimientos", "users")
                .build())
        .actor("demo")
        .build();
  }

  private static Database database(PostgresFixture server, String name) {
    return PostgresDatabase.builder(
            PostgresConnection.of(server.jdbcUrl(name))
                .withUser(server.superuser())
                .withPassword(server.password()))
        .toolsDirectory(server.binDirectory())
        .build();
  }

  private Manifest backUp(ConitrackBackup backups) {
    say("Taking a backup, as one would before a migration");
    Manifest manifest =
        backups
            .backup(BackupRequest.of(Trigger.PRE_CHANGE).because("before migration V42"))
            .orThrow();
    out.printf(
        "   %s: %d tables, %,d rows; %,d bytes plain, %,d stored; %d ms%n",
        manifest.id(),
        manifest.contents().tables().size(),
        manifest.contents().rows(),
        manifest.dump().plain().bytes(),
        manifest.dump().stored().bytes(),
        manifest.duration().toMillis());
    manifest
        .rules()
        .forEach(rule -> out.printf("   rule met: %s (%s)%n", rule.rule(), rule.detail()));
    manifest.contents().tables().stream().limit(5).forEach(this::printTable);
    out.printf("   … and %d more tables%n", Math.max(0, manifest.contents().tables().size() - 5));
    return manifest;
  }

  private void printTable(TableFingerprint table) {
    out.printf("   %-28s %,8d rows  %s%n", table.name(), table.rows(), table.sha256());
  }

  private void verify(ConitrackBackup backups, Manifest manifest) {
    say("Reading the copy back: decoding it and inspecting the dump again");
    VerificationReport report = backups.verify(manifest.id(), VerificationLevel.CONTENT);
    require(report.proved(), "the copy was not proved: " + report);
    out.println("   proved: the stored bytes, the dump and every table are as recorded");
  }

  private void damage(PostgresFixture server) throws SQLException {
    say("Damaging the database: a migration that deletes what it should not");
    long before = count(server, SOURCE, "detalle_movimientos");
    server.execute(SOURCE, "DELETE FROM detalle_movimientos; DROP TABLE trazas CASCADE");
    out.printf(
        "   detalle_movimientos: %,d rows before, %,d now; trazas is gone%n",
        before, count(server, SOURCE, "detalle_movimientos"));
  }

  private void restoreBeside(ConitrackBackup backups, Manifest manifest, PostgresFixture server)
      throws SQLException {
    say("Restoring the backup beside the damaged database, and comparing");
    server.createDatabase(BESIDE);
    RestoreOutcome outcome = backups.restoreTo(manifest.id(), database(server, BESIDE));
    if (!(outcome instanceof RestoreOutcome.Equal equal)) {
      throw new IllegalStateException(
          "the restore did not give back what was backed up: " + outcome);
    }
    out.printf(
        "   equal: %,d rows in %d tables, restored in %d ms, with the comparison %d ms%n",
        equal.contents().rows(),
        equal.contents().tables().size(),
        equal.loading().toMillis(),
        equal.total().toMillis());
    out.printf(
        "   detalle_movimientos has its %,d rows again in '%s'%n",
        count(server, BESIDE, "detalle_movimientos"), BESIDE);
  }

  private void printCatalogue(ConitrackBackup backups) {
    say("The catalogue, read from the manifests in the storage");
    for (CatalogueEntry entry : backups.catalogue().entries()) {
      for (CopyState copy : entry.copies()) {
        out.printf(
            "   %s  %s  %s  copy in '%s': %s%n",
            entry.id(),
            entry.manifest().trigger(),
            entry.manifest().startedAt(),
            copy.storage(),
            copy.level());
      }
    }
  }

  private void printRegister(ConitrackBackup backups) {
    say("The register, each entry chained to the one before");
    for (RegisterEntry entry : backups.register().entries()) {
      out.printf(
          "   %s  %-13s %-9s %s%n", entry.at(), entry.event(), entry.outcome(), entry.backup());
    }
  }

  private void printWhatToLookAt(Manifest manifest) {
    say("What is left for you to look at");
    out.println("   " + directory);
    out.println("   gunzip -c " + directory.resolve(manifest.dump().key()) + " | less");
    out.println("   less " + directory.resolve(manifest.key()));
    out.println("   cat " + directory.resolve("register") + "/*.json");
  }

  private static long count(PostgresFixture server, String database, String table)
      throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void say(String what) {
    out.printf("%n%d. %s%n", ++step, what);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
