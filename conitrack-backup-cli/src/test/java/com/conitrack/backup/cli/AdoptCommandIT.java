package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that stock tools have made, of the hostile database, in every form they come in. */
class AdoptCommandIT {
  @TempDir static Path directory;
  private static Site site;

  @BeforeAll
  static void fill() {
    site = Site.in(directory);
    Site.SERVER.execute(site.database(), SampleSchemas.hostile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pg_dump | zstd -q > $OUT ; zstd",
        "pg_dump -f d.sql && zip -q out.zip d.sql && mv out.zip $OUT ; zip",
        "pg_dump -Fc > $OUT ; pg-custom",
        "pg_dump -Fd -j2 -f render && tar -czf $OUT render ; pg-directory-tar, gzip",
        "pg_dump -Ft -f $OUT ; pg-directory-tar",
        "pg_dump -Fd -Z0 -f $OUT ; pg-directory-tar"
      })
  void aDumpIsAdoptedVerifiedAndDrilled(String line) throws Exception {
    String[] parts = line.split(";");
    Path file = make(parts[0]);

    Run adopted =
        site.run("adopt", "--json", "--taken-at", "2026-01-06T03:00:00Z", file.toString());

    assertThat(adopted.exitCode()).as(adopted.all()).isZero();
    String id = adopted.json().get("id").asText();
    JsonNode dump = site.run("show", id, "--json").json().get("manifest").get("dump");
    if (Files.isRegularFile(file)) {
      assertThat(dump.get("stored").get("sha256").asText())
          .isEqualTo(Sha256.of(Files.readAllBytes(file)).hex());
    }
    assertThat(dump.get("codecs").toString().replace("\"", ""))
        .isEqualTo("[" + parts[1].strip().replace(" ", "") + "]");
    Run verified = site.run("verify", id, "--level", "content");
    assertThat(verified.exitCode()).as(verified.all()).isZero();
    boolean control =
        parts[1].contains("custom") || parts[1].contains("zip"); // One is like another.
    Run drilled = control ? site.run("drill", id, "--negative-control") : site.run("drill", id);
    assertThat(drilled.exitCode()).as(drilled.all()).isZero();
    assertStockToolsDecode(id);
  }

  /** By the command in the manifest, run where the dump lies. */
  private static void assertStockToolsDecode(String id) throws Exception {
    Path file =
        site.files("disk", ".manifest.json").stream()
            .filter(path -> path.getFileName().toString().startsWith(id + "."))
            .findFirst()
            .orElseThrow();
    JsonNode manifest = new ObjectMapper().readTree(file.toFile());
    String load = manifest.get("restore").get("load").asText();
    Path plain = directory.resolve(id + ".plain");
    shell(
        load.substring(0, load.lastIndexOf(" | psql")) + " > " + plain, directory.resolve("disk"));
    assertThat(Files.readString(plain)).contains("-- PostgreSQL database dump complete");
  }

  @Test
  void everyCutOfAnArchiveIsRefused() throws Exception {
    for (String format : new String[] {"-Fc", "-Fc -Z0"}) {
      byte[] whole = Files.readAllBytes(make("pg_dump " + format + " > $OUT"));
      for (int length : new int[] {3, 40, whole.length / 2, whole.length - 1}) {
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));

        Run run = site.run("adopt", "--dry-run", cut.toString());

        assertThat(run.exitCode()).as(format + " cut at " + length + ": " + run.all()).isNotZero();
        assertThat(run.all()).containsPattern("unable to adopt 'cut'|cannot be adopted: cut");
      }
    }
  }

  @Test
  void whatCannotBeRestoredIsRefusedWithTheFix() throws Exception {
    assertRefused("pg_dumpall > $OUT", "whole instance");
    assertRefused("pg_dump --clean > $OUT", "without --clean");
    assertRefused("pg_dump --inserts > $OUT", "without --inserts");
    assertRefused("pg_dump --create > $OUT", "without --create");
    assertRefused("pg_dump -a > $OUT", "without --data-only");
    assertRefused("pg_dump -s > $OUT", "without --schema-only");
    assertRefused("pg_dump -Fc -s > $OUT", "without --schema-only");
    assertRefused("pg_dump -Fc --section=post-data > $OUT", "without their tables");
    assertRefused("mkdir $OUT && echo 1 > $OUT/readme", "without a toc.dat");
    assertRefused("mkdir t && echo 1 > t/notes && tar -cf $OUT t", "it holds: t/notes");
    assertRefused("ln -s /etc/passwd toc.dat && tar -cf $OUT toc.dat", "no ordinary file");
    assertRefused("mkdir l && echo 1 > toc.dat && cd l && tar -cPf $OUT ../toc.dat", "no name of");
  }

  private static void assertRefused(String command, String told) throws Exception {
    Path file = make(command);
    Run run = site.run("adopt", file.toString());
    assertThat(run.exitCode()).as(command + ": " + run.all()).isNotZero();
    assertThat(run.err()).contains(told);
  }

  /** Runs a command of a shell that leaves a dump at {@code $OUT}. */
  private static Path make(String command) throws Exception {
    Path work = Files.createTempDirectory(directory, "made");
    Path out = work.resolve("latest");
    shell("OUT='" + out + "'; " + command, work);
    return out;
  }

  private static void shell(String command, Path where) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-ec", command).directory(where.toFile());
    builder.environment().put("PGHOST", Site.SERVER.host());
    builder.environment().put("PGPORT", Integer.toString(Site.SERVER.port()));
    builder.environment().put("PGUSER", Site.SERVER.superuser());
    builder.environment().put("PGPASSWORD", Site.SERVER.password());
    builder.environment().put("PGDATABASE", site.database());
    Path said = directory.resolve("said");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command + ": " + Files.readString(said)).isZero();
  }
}
