package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.testsupport.gcs.GcsAccount;
import com.conitrack.backup.testsupport.gcs.GcsBucket;
import com.conitrack.backup.testsupport.gcs.GcsServer;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as a process of its own, started by its launcher. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and the POSIX launcher")
class RunnableJarIT {
  private static final Path LAUNCHER = Path.of("target", "conitrack-backup").toAbsolutePath();

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void makeSite() {
    assertThat(LAUNCHER)
        .as("the packaged command; 'mvn verify' makes it before it runs this test")
        .exists();
    assertThat(LAUNCHER.resolveSibling("conitrack-backup.jar")).exists();
    site = Site.in(directory);
  }

  @Test
  void takesAndListsABackup() throws Exception {
    Run backup = run("backup");
    Run list = run("list", "--json");

    assertThat(backup.exitCode()).as(backup.all()).isZero();
    assertThat(backup.err()).isEmpty();
    assertThat(backup.out()).startsWith("backup complete: ");
    assertThat(list.json().get("total").asInt()).isEqualTo(1);
    assertThat(run("--version").out()).startsWith("conitrack-backup 0.");
  }

  @Test
  void storesZstd() throws Exception {
    site.configure("compression: zstd\n");

    assertThat(run("backup").exitCode()).isZero();
    Run verify = run("verify");

    assertThat(site.files("disk", ".sql.zst")).hasSize(1);
    assertThat(verify.exitCode()).as(verify.all()).isZero();
  }

  @Test
  void keepsBackupsInABucket() throws Exception {
    try (S3Server store = S3Server.s3Proxy()) {
      site.configureBucket(store.endpoint(), store.newBucket());

      Run backup = run("backup");
      Run list = run("list", "--json");
      Run verify = run("verify");
      Run restore =
          run(
              "restore-to",
              "--latest",
              "--target",
              Site.SERVER.jdbcUrl(Site.SERVER.freshDatabase()),
              "--target-user",
              "postgres",
              "--target-password-file",
              "pw");

      assertThat(backup.exitCode()).as(backup.all()).isZero();
      assertThat(backup.err()).isEmpty();
      assertThat(list.json().get("total").asInt()).isEqualTo(1);
      assertThat(verify.exitCode()).as(verify.all()).isZero();
      assertThat(restore.exitCode()).as(restore.all()).isZero();
      assertThat(run("config", "show").all()).doesNotContain(S3Server.SECRET_ACCESS_KEY);
    }
  }

  @Test
  void keepsBackupsAtGoogle() throws Exception {
    try (GcsServer store = GcsServer.start()) {
      GcsAccount account = store.account("backup@test-project.iam.gserviceaccount.com");
      GcsBucket bucket = store.bucket("backups");
      site.configureGcs(store.uri(), "backups", account.keyFile());

      Run backup = run("backup");
      Run list = run("list", "--json");
      Run verify = run("verify");
      Run restore =
          run(
              "restore-to",
              "--latest",
              "--target",
              Site.SERVER.jdbcUrl(Site.SERVER.freshDatabase()),
              "--target-user",
              "postgres",
              "--target-password-file",
              "pw");

      assertThat(backup.exitCode()).as(backup.all()).isZero();
      assertThat(backup.err()).isEmpty();
      assertThat(list.json().get("total").asInt()).isEqualTo(1);
      assertThat(verify.exitCode()).as(verify.all()).isZero();
      assertThat(restore.exitCode()).as(restore.all()).isZero();
      assertThat(bucket.names())
          .allSatisfy(name -> assertThat(name).startsWith("conitrack/"))
          .anySatisfy(name -> assertThat(name).endsWith(".sql.gz"));
      store.deny("storage.objects.list");
      Run refused = run("list");
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.all()).contains("storage.objects.list");
      assertThat(backup.all() + refused.all() + run("config", "show").all())
          .doesNotContain("PRIVATE KEY")
          .doesNotContain("ya29");
    }
  }

  @Test
  void leavesNothingWhenItIsTerminatedDuringABackup() throws Exception {
    try (Connection blocker = Site.SERVER.connect(site.database());
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE lote IN ACCESS EXCLUSIVE MODE");
      Process process = start("backup");
      awaitDumpWaiting(1);

      process.destroy();

      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(Files.readString(directory.resolve("err.txt"))).contains("nothing was kept");
      awaitDumpWaiting(0);
    }
    assertThat(site.files("disk", ".gz")).isEmpty();
    assertThat(site.files("nas", ".manifest.json")).isEmpty();
    Run after = run("backup");
    assertThat(after.exitCode()).as(after.all()).isZero();
  }

  /** The locked table is waited for by pg_dump's session on the server. */
  private void awaitDumpWaiting(int sessions) {
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(sessionsWaiting()).isEqualTo(sessions));
  }

  private int sessionsWaiting() throws SQLException {
    try (Connection connection = Site.SERVER.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                    + " datname = '"
                    + site.database()
                    + "'")) {
      result.next();
      return result.getInt(1);
    }
  }

  private Run run(String... args) throws IOException, InterruptedException {
    Process process = start(args);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(directory.resolve("out.txt")),
        Files.readString(directory.resolve("err.txt")));
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", LAUNCHER.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put(Site.PASSWORD_VARIABLE, Site.SERVER.password());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CONITRACK_BACKUP_OPTS", "-XX:TieredStopAtLevel=1");
    builder.environment().remove("CONITRACK_BACKUP_CONFIG");
    builder.redirectOutput(directory.resolve("out.txt").toFile());
    builder.redirectError(directory.resolve("err.txt").toFile());
    return builder.start();
  }
}
