package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
}
