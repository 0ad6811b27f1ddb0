package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIT {
  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void makeSite() {
    site = Site.in(directory);
  }

  @Test
  void takesABackupAndShowsIt() {
    Run backup = site.run("backup", "--trigger", "pre-change", "--reason", "release 4.2");

    assertThat(backup.exitCode()).as(backup.all()).isZero();
    assertThat(backup.err()).isEmpty();
    assertThat(backup.out())
        .startsWith("backup complete: backup_")
        .contains("2 tables, 502 rows")
        .contains("disk: proved, level stored", "nas: proved, level stored");
    String id = backup.out().lines().findFirst().orElse("").replace("backup complete: ", "");

    Run list = site.run("list");
    assertThat(list.exitCode()).as(list.all()).isZero();
    assertThat(list.out().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(list.out()).contains(id, "pre-change", "2/2", "stored");

    Run show = site.run("show", id);
    assertThat(show.exitCode()).as(show.all()).isZero();
    assertThat(show.out())
        .contains("release 4.2", "public.lote", "public.\"Órden\"", "500", "pg_dump")
        .contains("at least 2 tables", "met");
    assertThat(show.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void givesProgramsOneDocumentPerCommand() {
    JsonNode backup = site.run("backup", "--json").json();
    String id = backup.get("id").asText();

    assertThat(backup.get("result").asText()).isEqualTo("COMPLETE");
    assertThat(backup.get("good").asBoolean()).isTrue();
    assertThat(backup.get("backup").get("rows").asLong()).isEqualTo(502);
    assertThat(backup.get("copies")).hasSize(2);
    JsonNode listed = site.run("list", "--json").json();
    assertThat(listed.get("total").asInt()).isEqualTo(1);
    assertThat(listed.get("backups").get(0).get("id").asText()).isEqualTo(id);
    assertThat(listed.get("backups").get(0).get("level").asText()).isEqualTo("STORED");
    JsonNode shown = site.run("show", "--latest", "--json").json();
    assertThat(shown.get("manifest").get("id").asText()).isEqualTo(id);
    assertThat(site.run("check", "--json").json().get("items")).isNotEmpty();
    assertThat(site.run("register", "verify", "--json").json().get("sound").asBoolean()).isTrue();
    assertThat(site.run("register", "show", "--json").json().get("entries")).isNotEmpty();
    assertThat(site.run("prune", "--dry-run", "--json").json().get("decisions")).hasSize(1);
    assertThat(site.run("show", "nothing", "--json").json().get("error").get("kind").asText())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void tellsHowTheBackupsStand() throws IOException {
    Run none = site.run("status");
    String id = site.backUp();
    Run good = site.run("status", "--strict");
    Site.damage(site.files("nas", ".sql.gz").get(0));
    site.run("verify");
    Run doubtful = site.run("status");

    assertThat(none.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(none.out()).contains("FAILING", "there is no backup", "to do: take a backup");
    assertThat(good.exitCode()).as(good.all()).isZero();
    assertThat(good.out()).contains(id, "within the RPO for", "disk: 1 of 1 backup proved");
    assertThat(doubtful.exitCode()).as(doubtful.all()).isZero();
    assertThat(doubtful.out()).contains("storage 'nas' lacks 1 of 1 proved copies");
    assertThat(site.run("status", "--strict").exitCode()).isEqualTo(ExitCode.FINDINGS);
    JsonNode json = site.run("status", "--json").json();
    assertThat(json.get("health").asText()).isEqualTo("WARNING");
    assertThat(json.get("newest").get("id").asText()).isEqualTo(id);
    assertThat(json.get("register").get("sound").asBoolean()).isTrue();
  }

  @Test
  void verifiesAndNamesTheDamagedCopy() throws IOException {
    String id = site.backUp();
    Run proved = site.run("verify");
    assertThat(proved.exitCode()).as(proved.all()).isZero();
    assertThat(proved.out()).contains("1 of 1 backup proved to level content");

    Site.damage(site.files("nas", ".sql.gz").get(0));
    Run stored = site.run("verify", id, "--level", "stored");
    JsonNode all = site.run("verify", "--all", "--json").json();

    assertThat(stored.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(stored.out()).contains("disk: PROVED", "nas: DAMAGED");
    assertThat(all.get("proved").asBoolean()).isFalse();
    assertThat(all.get("backups").get(0).get("copies"))
        .extracting(copy -> copy.get("storage").asText() + " " + copy.get("finding").asText())
        .containsExactlyInAnyOrder("disk PROVED", "nas DAMAGED");
    assertThat(site.run("list").out()).contains("1/2");
  }

  @Test
  void drillsListsAndSignsOff() {
    site.backUp();

    Run drill = site.run("drill", "--negative-control", "--compare-live", "--actor", "ana");
    JsonNode json = site.run("drill", "--json", "--actor", "ana").json();
    String id = json.get("id").asText();
    Run self = site.run("drill", "sign-off", id, "--name", "Ana", "--role", "QA");
    Run other = site.run("drill", "sign-off", id, "--name", "Eva", "--role", "QA");
    JsonNode list = site.run("drill", "list", "--json").json();

    assertThat(drill.exitCode()).as(drill.all()).isZero();
    assertThat(drill.out())
        .startsWith("drill passed: ")
        .contains("2 tables, 502 rows", "rejected", "not covered");
    assertThat(json.get("result").asText()).isEqualTo("PASSED");
    assertThat(self.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(other.exitCode()).as(other.all()).isZero();
    assertThat(other.out()).contains("ACCEPTED by Eva (QA)");
    assertThat(list.get("drills")).hasSize(2);
    assertThat(list.get("drills").get(1).get("signOff").get("person").asText()).isEqualTo("Eva");
    assertThat(site.run("list").out()).contains("restored");
  }

  @Test
  void reportsADegradedBackup() throws IOException {
    Files.writeString(directory.resolve("nas"), "not a directory");

    Run run = site.run("backup");
    JsonNode json = site.run("backup", "--json").json();

    assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).contains("backup degraded: ", "nas: FAILED", "disk: proved");
    assertThat(json.get("result").asText()).isEqualTo("DEGRADED");
    assertThat(json.get("good").asBoolean()).isTrue();
    assertThat(json.get("copies").get(1).get("problem").asText()).contains("nas");
    assertThat(site.run("register", "show").out()).contains("DEGRADED");
    assertThat(site.run("replicate").exitCode()).isEqualTo(ExitCode.ENVIRONMENT);

    Files.delete(directory.resolve("nas"));
    Run list = site.run("list");
    assertThat(list.out()).contains("1/2", "no proved copy in nas");
    assertThat(site.run("show", "--latest").out()).contains("nas           not there");
  }

  @Test
  void replicatesWhatIsWanting() throws IOException {
    String id = site.backUp();
    assertThat(site.run("replicate").out()).contains("Every copy that should be there");
    Site.damage(site.files("nas", ".sql.gz").get(0));
    site.run("verify", "--level", "stored");

    Run dry = site.run("replicate", "--dry-run");
    assertThat(dry.exitCode()).as(dry.all()).isEqualTo(ExitCode.FINDINGS);
    assertThat(dry.out()).contains(id + " in nas: damaged", "source: disk", "wanting: 1");
    JsonNode plan = site.run("replicate", "--dry-run", "--json").json();
    assertThat(plan.get("executed").asBoolean()).isFalse();
    assertThat(plan.get("tasks").get(0).get("reason").asText()).isEqualTo("DAMAGED");

    Run run = site.run("replicate", id);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains(id + " in nas: copied from disk", "still wanting: 0");
    assertThat(site.run("verify").exitCode()).isZero();
    assertThat(site.run("list").out()).contains("2/2").doesNotContain("degraded");
    assertThat(site.run("register", "verify").exitCode()).isZero();
    assertThat(site.run("register", "show").out()).contains("replication COPIED");
    JsonNode again = site.run("replicate", "--json").json();
    assertThat(again.get("made")).isEmpty();
    assertThat(again.get("failed")).isEmpty();
    assertThat(site.run("replicate", "nobody").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aStorageThatWasDownIsMadeGoodAfterwards() throws IOException {
    Files.writeString(directory.resolve("nas"), "not a directory");
    site.run("backup");
    site.run("backup");
    Files.delete(directory.resolve("nas"));

    Run run = site.run("replicate");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("made good: 2, still wanting: 0");
    assertThat(run.err()).contains("register of storage 'nas'");
    assertThat(site.run("list").out()).contains("2/2").doesNotContain("1/2");
    assertThat(site.run("verify", "--all").exitCode()).isZero();
  }

  @Test
  void needsAStorageThatIsThere() {
    Run run = site.withoutStorages().run("backup");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(run.err()).contains("absent", "hint: ");
  }

  @Test
  void restoresIntoAnEmptyDatabaseAndComparesIt() {
    String id = site.backUp();
    String target = Site.SERVER.freshDatabase();

    Run check = site.run("restore-to", "--target", target, id, "--check");
    Run restore = site.run("restore-to", "--target", target, "--latest");
    Run again = site.run("restore-to", "--target", target, "--latest");
    JsonNode againJson = site.run("restore-to", "--target", target, "--latest", "--json").json();

    assertThat(check.exitCode()).as(check.all()).isZero();
    assertThat(check.out()).contains("nothing stands in the way");
    assertThat(restore.exitCode()).as(restore.all()).isZero();
    assertThat(restore.out()).contains("restored and equal", "2 tables, 502 rows");
    assertThat(again.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(again.out()).contains("lote");
    assertThat(againJson.get("result").asText()).isEqualTo("OBSTACLES");
    assertThat(againJson.get("obstacles")).isNotEmpty();
  }

  @Test
  void takesTheTargetsPasswordFromAFile() throws IOException {
    site.backUp();
    String target = Site.SERVER.freshDatabase();
    String url = Site.SERVER.jdbcUrl(target).replace("127.0.0.1", "localhost").replace("jdbc:", "");
    Path file = Files.writeString(directory.resolve("pw"), Site.SERVER.password() + "\n");

    Run wrong = site.run("restore-to", "--target", url, "--target-user", "postgres", "--latest");
    Run right =
        site.run(
            "restore-to",
            "--target",
            url,
            "--target-user",
            "postgres",
            "--target-password-file",
            file.toString(),
            "--latest");

    Run seen =
        site.run("restore-to", "--latest", "--target", url.replace("//", "//postgres:s33n@"));

    assertThat(wrong.exitCode()).as(wrong.all()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(seen.exitCode()).as(seen.all()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(seen.err()).contains("--target-password-file");
    assertThat(seen.all()).doesNotContain("s33n");
    assertThat(right.exitCode()).as(right.all()).isZero();
  }

  @Test
  void prunesWhatItShowed() {
    List<String> ids = new ArrayList<>(List.of(site.backUp(), site.backUp(), site.backUp()));
    site.configure("policy: {retention: {manual: {last: 1}}}\n");

    Run dry = site.run("prune", "--dry-run");
    Run declined = site.shell().onTerminal("no\n").run("prune", "--no-progress");
    assertThat(dry.exitCode()).as(dry.all()).isZero();
    assertThat(dry.out()).contains("to delete: 2 of 3 backups", "it is the newest good backup");
    assertThat(declined.exitCode()).isZero();
    assertThat(declined.err()).contains("Delete 2 backups?", "nothing was deleted");
    assertThat(site.files("disk", ".sql.gz")).hasSize(3);

    JsonNode done = site.run("prune", "--yes", "--json").json();
    assertThat(done.get("executed").asBoolean()).isTrue();
    assertThat(done.get("deleted"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(ids.get(0), ids.get(1));
    assertThat(site.files("disk", ".sql.gz")).hasSize(1);
    assertThat(site.run("prune", "--yes").out()).contains("to delete: 0 of 1 backup\n");
  }

  @Test
  void asksOnATerminalAndDeletesOnYes() {
    site.backUp();
    site.backUp();
    site.configure("policy: {retention: {manual: {last: 1}}}\n");

    Run run = site.shell().onTerminal("yes\n").variable("NO_COLOR", "1").run("prune");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("to delete: 1 of 2 backups", "deleted: 1, refused: 0");
    assertThat(run.out()).doesNotContain("\033");
  }

  @Test
  void deletesFromOneStorageAndKeepsInAnother() {
    String first = site.backUp();
    site.backUp();
    site.configure(
        """
        policy:
          copies-required: 2
          retention: {manual: {last: 2}, storages: {nas: {manual: {last: 1}}}}
        """);

    Run plan = site.run("prune", "--dry-run");
    assertThat(plan.out())
        .contains("trim    " + first, "in disk: keep last 2", "in nas: keep last 1");
    Run prune = site.run("prune", "--yes", "--json");
    assertThat(prune.exitCode()).as(prune.all()).isZero();
    assertThat(prune.json().get("trimmed").get(first).get(0).asText()).isEqualTo("nas");

    assertThat(site.files("disk", ".sql.gz")).hasSize(2);
    assertThat(site.files("nas", ".sql.gz")).hasSize(1);
    assertThat(site.run("list").exitCode()).isZero();
    assertThat(site.run("show", first).out()).contains("deleted by retention on ", "good: 1");
    assertThat(site.run("register", "verify").exitCode()).isZero();
  }

  @Test
  void putsStoragesToTheTest() {
    Run run = site.run("check", "storage", "--size", "1MiB");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("Storage disk at ", "Storage nas at ", "PROVED    create-only");

    JsonNode json = site.run("check", "storage", "nas", "--size", "1MiB", "--json").json();
    assertThat(json.get("passed").asBoolean()).isTrue();
    assertThat(json.get("storages")).hasSize(1);
    assertThat(site.run("register", "show").out()).contains("qualification PASSED");

    assertThat(site.run("check", "storage", "usb").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(site.run("check", "storage", "--size", "big").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void asksForProofOfImmutabilityThatIsRequired() {
    site.configure("policy: {immutability: {for: 30d, storages: [nas]}}\n");

    assertThat(site.run("check").out()).contains("immutability of nas", "nothing has proved it");
    Run test = site.run("check", "storage", "nas", "--size", "1MiB");
    assertThat(test.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(test.out()).contains("FAILED    lock");
    assertThat(site.run("check").exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void keepsWhatIsHeldUntilItIsReleased() {
    String first = site.backUp();
    site.backUp();
    site.configure("policy: {retention: {manual: {last: 1}}}\n");

    Run hold = site.run("hold", first, "--reason", "audit 12");
    assertThat(hold.exitCode()).as(hold.all()).isZero();
    assertThat(site.run("list").out()).contains("stored, held");
    assertThat(site.run("prune", "--dry-run").out()).contains("it is held", "to delete: 0 of 2");

    assertThat(site.run("release", first, "--reason", "closed").exitCode()).isZero();
    assertThat(site.run("prune", "--dry-run").out()).contains("to delete: 1 of 2 backups");
    assertThat(site.run("hold", "nothing", "--reason", "x").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void findsARegisterThatWasTamperedWith() throws IOException {
    site.backUp();
    site.run("--actor", "ana", "verify");
    Run before = site.run("register", "verify");
    assertThat(before.exitCode()).as(before.all()).isZero();
    assertThat(before.out()).contains("the register is sound");
    assertThat(site.run("register", "show").out())
        .contains("backup COMPLETE", "verification PROVED", "by ana@");

    Path entry = site.files("disk/register", ".json").get(0);
    Files.writeString(entry, Files.readString(entry).replace("COMPLETE", "DEGRADED"));
    Run after = site.run("register", "verify");

    assertThat(after.exitCode()).as(after.all()).isEqualTo(ExitCode.FINDINGS);
    assertThat(after.out())
        .contains("storage 'disk'", entry.getFileName().toString())
        .contains("the register cannot be relied upon");
  }

  @Test
  void checksThatEverythingIsInPlace() {
    site.backUp();

    Run run = site.run("check");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("database", "pg_dump", "disk", "nas", "register", "0 failed");
    assertThat(run.out()).contains("warning");
    assertThat(site.run("check", "--strict").exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void refusesAWrongPasswordWithoutShowingAnyPassword() {
    Run.From wrong = Run.from(directory).variable(Site.PASSWORD_VARIABLE, "wr0ng-s3cret");

    for (String[] args :
        List.of(
            new String[] {"backup"},
            new String[] {"backup", "--json", "--verbose"},
            new String[] {"check"},
            new String[] {"prune", "--dry-run"},
            new String[] {"config", "show"})) {
      Run run = wrong.run(args);
      assertThat(run.all()).doesNotContain("wr0ng-s3cret");
      if (args[0].equals("backup")) {
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(run.err()).contains("failed: unable to", "password", "hint:");
      }
      if (args.length == 3) {
        assertThat(run.json().get("error").get("kind").asText()).isEqualTo("AUTHENTICATION");
      }
    }
    assertThat(wrong.run("check").exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void keepsNothingOfABackupThatBreaksARule() {
    site.configure("policy: {content: {required-tables: [auditoria]}}\n");

    Run run = site.run("backup");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("auditoria", "nothing was kept");
    assertThat(run.out()).isEmpty();
    assertThat(site.files("disk", ".sql.gz")).isEmpty();
  }

  @Test
  void refusesAnUnknownKeyBeforeAnythingIsDone() {
    site.configure("polcy: {}\n");

    Run run = site.run("backup");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("polcy", "did you mean 'policy'?");
    assertThat(directory.resolve("disk")).doesNotExist();
  }

  @Test
  void drawsProgressOnATerminalAlone() {
    Run terminal = site.shell().onTerminal("").run("backup");
    Run quiet = site.shell().onTerminal("").run("backup", "--quiet");
    Run pipe = site.run("backup");

    assertThat(terminal.err()).contains("\r\033[Kdumping ").endsWith("\r\033[K");
    assertThat(quiet.err()).isEmpty();
    assertThat(pipe.err()).isEmpty();
  }
}
