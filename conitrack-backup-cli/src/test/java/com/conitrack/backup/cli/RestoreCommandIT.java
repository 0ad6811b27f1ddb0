package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandIT {
  @TempDir Path directory;
  private Site site;
  private String backup;

  @BeforeEach
  void backUpAndGoOnWorking() {
    site = Site.in(directory);
    backup = site.backUp();
    Site.SERVER.execute(site.database(), "INSERT INTO lote VALUES (501, 'late')");
  }

  @Test
  void restoresAsPlannedAndApprovedAndGoesBack() throws IOException {
    assertThat(site.run("approve", "--generate-key", "marta.key").exitCode()).isZero();
    site.configure(
        """
        policy:
          preset: sop-001
          content: {minimum-tables: 2}
          restore:
            approvers: [{name: Marta, roles: [System Owner], public-key-file: marta.key.pub}]
        hooks: {stop: 'echo $CONITRACK_BACKUP_DATABASE > stopped', start: touch started}
        """);
    Run plan = site.run("restore", "plan", backup, "--reason", "lost lots", "-o", "plan.json");
    assertThat(plan.exitCode()).as(plan.all()).isZero();
    assertThat(plan.out())
        .contains("public.lote", "swap: a second database can be made", "approval: to be given by")
        .containsPattern("public\\.lote +501 +500 +1 +0");
    assertThat(plan.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));

    Run early = run("--confirm", "all");
    approve("unsigned.json");
    Run unsigned = run("--confirm", "all", "--approval", "unsigned.json");
    approve("approval.json", "--key", "marta.key");
    Run unconfirmed = run("--approval", "approval.json");

    assertThat(early.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(early.err()).contains("approval of System Owner is missing", "nothing was touched");
    assertThat(unsigned.err()).contains("is not signed");
    assertThat(unconfirmed.err()).contains("not confirmed: communication-prepared");
    assertThat(directory.resolve("stopped")).doesNotExist();
    assertThat(rows()).isEqualTo(501);

    Run done = run("--confirm", "all", "--approval", "approval.json");
    assertThat(done.exitCode()).as(done.all()).isZero();
    assertThat(done.out()).contains("restored and proved equal: " + backup, "nobody could connect");
    assertThat(rows()).isEqualTo(500);
    assertThat(Files.readString(directory.resolve("stopped"))).contains(site.database());
    assertThat(directory.resolve("started")).exists();
    assertThat(run("--confirm", "all", "--approval", "approval.json").err())
        .contains("was used already");
    assertThat(site.run("restore", "notice").out())
        .contains("ASUNTO: Sistema Conitrack - Servicio");

    JsonNode back =
        site.run(
                "restore",
                "rollback",
                "--target",
                site.database(),
                "--reason",
                "wrong",
                "--yes",
                "--json")
            .json();
    assertThat(back.get("record").get("state").asText()).isEqualTo("ROLLED_BACK");
    assertThat(rows()).isEqualTo(501);
    assertThat(site.run("restore", "discard", "--target", site.database(), "--yes").exitCode())
        .isZero();
    assertThat(site.run("restore", "status", "--json").json().get("restores")).hasSize(1);
    assertThat(site.run("register", "verify").exitCode()).isZero();
  }

  @Test
  void aPrivateKeyIsForItsOwnerAloneAndNeverShown() throws IOException {
    Run made = site.run("approve", "--generate-key", "k");
    String secret = Files.readString(directory.resolve("k")).lines().skip(1).findFirst().orElse("");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("k"))))
        .isEqualTo("rw-------");
    assertThat(made.all()).doesNotContain(secret);
    assertThat(site.run("approve", "--generate-key", "k").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Files.readString(directory.resolve("k"))).contains(secret);
  }

  @Test
  void aHookThatFailsOrHangsAborts() {
    plan();
    site.configure("hooks: {stop: exit 3, start: touch started}\n");
    Run failed = run();
    site.configure("hooks: {stop: sleep 60, timeout: 1s}\n");
    Run hung = run();

    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err()).contains("it ended with 3", "now: the database is the old one");
    assertThat(directory.resolve("started")).exists();
    assertThat(hung.err()).contains("it took longer than 1 s");
    assertThat(rows()).isEqualTo(501);
  }

  @Test
  void asksOnATerminalAndRefusesWhereItCannot() {
    plan();
    String[] args = {"restore", "run", "plan.json", "--target", site.database()};

    Run refused = site.run(args);
    Run no = site.shell().onTerminal("no\n").run(args);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("add --yes");
    assertThat(no.exitCode()).isZero();
    assertThat(no.all()).contains("nothing was done", "Replace database");
    assertThat(rows()).isEqualTo(501);
    Run yes = site.shell().onTerminal("yes\n").run(args);
    assertThat(yes.exitCode()).as(yes.all()).isZero();
    assertThat(rows()).isEqualTo(500);
  }

  @Test
  void restoresABackupWithoutAPlanMadeBefore() {
    String[] args = {"restore", "run", "--backup", backup, "--target", site.database(), "--yes"};

    Run unexplained = site.run(args);
    Run both = site.run(concat(args, "plan.json"));
    assertThat(unexplained.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(unexplained.err()).contains("nothing was touched");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(rows()).isEqualTo(501);

    Run done = site.run(concat(args, "--reason", "a migration failed"));
    assertThat(done.exitCode()).as(done.all()).isZero();
    assertThat(rows()).isEqualTo(500);
  }

  @Test
  void refusesAnotherTargetAndAnAlteredPlan() throws IOException {
    plan();
    Run other = site.run("restore", "run", "plan.json", "--target", "postgres", "--yes");
    Path file = directory.resolve("plan.json");
    Files.writeString(file, Files.readString(file).replace("SWAP", "RECREATE"));
    Run altered = run();

    assertThat(other.err()).contains("the order names 'postgres' as target");
    assertThat(altered.err()).contains("it was altered");
    assertThat(rows()).isEqualTo(501);
  }

  @Test
  void writesNoticesInTwoLanguages() {
    plan();
    String start = "2026-01-06T22:00:00Z";

    Run spanish = site.run("restore", "notice", "plan.json", "--start", start);
    Run english =
        site.run(
            "restore",
            "notice",
            "plan.json",
            "--start",
            start,
            "--language",
            "en",
            "--zone",
            "America/Argentina/Buenos_Aires");

    assertThat(spanish.out())
        .contains("ASUNTO: Sistema Conitrack - Mantenimiento Programado", "06/01/2026 22:00 UTC");
    assertThat(english.out()).contains("SUBJECT: Conitrack", "2026-01-06 19:00");
  }

  private void plan() {
    Run plan = site.run("restore", "plan", backup, "--reason", "lost lots", "-o", "plan.json");
    assertThat(plan.exitCode()).as(plan.all()).isZero();
  }

  private void approve(String file, String... further) {
    String[] args = {
      "approve",
      "plan.json",
      "--name",
      "Marta",
      "--role",
      "System Owner",
      "--reference",
      "T-1",
      "--reason",
      "lost lots",
      "-o",
      file
    };
    Run run = site.run(concat(args, further));
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  private Run run(String... further) {
    String[] args = {"restore", "run", "plan.json", "--target", site.database(), "--yes"};
    return site.run(concat(args, further));
  }

  private static String[] concat(String[] one, String... other) {
    return Stream.of(one, other).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private long rows() {
    try (var connection = Site.SERVER.connect(site.database());
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM lote")) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
