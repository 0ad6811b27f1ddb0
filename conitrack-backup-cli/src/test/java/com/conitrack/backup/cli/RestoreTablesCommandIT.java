package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTablesCommandIT {
  @TempDir Path directory;

  @Test
  void putsTablesBesideListsAndDropsThem() {
    Site site = Site.in(directory);
    String backup = site.backUp();
    Site.SERVER.execute(site.database(), "DELETE FROM lote WHERE id <= 100");

    Run done =
        site.run("restore-tables", "--latest", "-t", "public.lot*", "--into-schema", "antes");
    assertThat(done.exitCode()).as(done.all()).isZero();
    assertThat(done.out())
        .contains("beside and equal: " + backup)
        .containsPattern("public\\.lote +500 +antes\\.lote");
    assertThat(done.err()).contains("part of every new backup");
    assertThat(site.run("restore-tables", "--list").out()).contains("antes", backup);

    JsonNode again =
        site.run("restore-tables", backup, "-t", "lote", "--into-schema", "antes", "--json").json();
    assertThat(again.get("result").asText()).isEqualTo("FAILED");
    assertThat(site.run("restore-tables", backup).exitCode()).isEqualTo(ExitCode.USAGE);

    assertThat(site.run("restore-tables", "--drop", "antes").exitCode()).isZero();
    assertThat(site.run("restore-tables", "--drop", "public").err())
        .contains("does not say that it was made here");
    assertThat(site.run("restore-tables", "--list", "--json").json().get("schemas")).isEmpty();
    assertThat(site.run("register", "show").out()).contains("SIDE_LOADED", "SIDE_DROPPED");
  }

  @Test
  void plansApprovesAndPutsRowsBackInPlace() {
    Site site = Site.in(directory);
    String backup = site.backUp();
    site.configure(
        "policy: {preset: sop-001, content: {minimum-tables: 2}, restore: {approvers: []}}\n");
    Site.SERVER.execute(
        site.database(), "DELETE FROM lote WHERE id <= 100; INSERT INTO lote VALUES (501, 'late')");

    Run plan =
        site.run(
            "restore-tables", backup, "-t", "lote", "--in-place", "--reason", "lost", "-o", "p");
    assertThat(plan.exitCode()).as(plan.all()).isZero();
    assertThat(plan.out())
        .containsPattern("public\\.lote +401 +500 +100 +1 +0")
        .contains("added: id (1), (2), (3), (4), (5) and 95 more", "IT Manager");
    assertThat(plan.out()).doesNotContain("late");
    String[] run = {
      "restore", "run", "p", "--target", site.database(), "--confirm", "all", "--yes"
    };
    assertThat(site.run(run).err()).contains("approval of IT Manager is missing");
    assertThat(
            site.run(
                    "approve",
                    "p",
                    "--name",
                    "Marta",
                    "--role",
                    "IT Manager",
                    "--reference",
                    "T-1",
                    "-o",
                    "a")
                .exitCode())
        .isZero();
    Site.SERVER.execute(site.database(), "DELETE FROM lote WHERE id = 200");
    String[] approved = Arrays.copyOf(run, run.length + 2);
    approved[run.length] = "--approval";
    approved[run.length + 1] = "a";
    Run changed = site.run(approved);
    assertThat(changed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(changed.err()).contains("have changed since the plan", "what they were, untouched");
    assertThat(changed.out()).containsPattern("public\\.lote +400 +500 +101 +1 +0");

    site.run("restore-tables", backup, "-t", "lote", "--in-place", "--reason", "lost", "-o", "p2");
    site.run(
        "approve",
        "p2",
        "--name",
        "Marta",
        "--role",
        "IT Manager",
        "--reference",
        "T-1",
        "-o",
        "a2");
    Run done =
        site.run(
            "restore",
            "run",
            "p2",
            "--target",
            site.database(),
            "--confirm",
            "all",
            "--yes",
            "--approval",
            "a2",
            "--json");
    assertThat(done.exitCode()).as(done.all()).isZero();
    assertThat(done.json().get("tables").get(0).get("added").asLong()).isEqualTo(101);
    Run nothing = site.run("restore-tables", backup, "-t", "lote", "--in-place");
    assertThat(nothing.out()).containsPattern("public\\.lote +500 +500 +0 +0 +0");
    assertThat(site.run("restore", "status").exitCode()).isZero();
    assertThat(site.run("restore-tables", backup, "-t", "lote", "-o", "x").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
