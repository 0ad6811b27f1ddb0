package com.conitrack.backup.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.cli.view.CatalogueView;
import com.conitrack.backup.cli.view.EntryView;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.SchemaChange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaChangeViewTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SchemaChange CHANGE =
      new SchemaChange(
          "Flyway",
          "1",
          "3",
          List.of(
              new SchemaChange.Script("V2__a.sql", "17"),
              new SchemaChange.Script("V3__b.sql", null)));

  private final Catalogue catalogue = catalogue();

  @Test
  void theListTellsVersions() throws Exception {
    View view = new CatalogueView(catalogue, 10, Instant.now());

    assertThat(printed(view)).contains("pre-change, version 1 to 3");
    assertThat(filled(view).at("/backups/0/change")).isEqualTo(expected());
  }

  @Test
  void oneBackupsViewTellsEveryScript() throws Exception {
    View view = new EntryView(catalogue.entries().get(0), Instant.now());

    assertThat(printed(view))
        .containsSubsequence("Flyway, version 1 to 3", "V2__a.sql (checksum 17)", "V3__b.sql");
    assertThat(filled(view).findValue("change")).isEqualTo(expected());
  }

  private static JsonNode expected() throws Exception {
    return MAPPER.readTree(
        """
        {"tool": "Flyway", "currentVersion": "1", "targetVersion": "3",
         "pendingScripts": [
           {"name": "V2__a.sql", "checksum": "17"}, {"name": "V3__b.sql", "checksum": null}]}
        """);
  }

  private static Catalogue catalogue() {
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(InMemoryDatabase.named("stock").table("public.lotes", "id"))
            .storage(new InMemoryStorage("memory"))
            .build();
    backups.backup(BackupRequest.before(CHANGE)).orThrow();
    return backups.catalogue();
  }

  private static String printed(View view) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    view.print(new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Style(false)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ObjectNode filled(View view) {
    ObjectNode document = MAPPER.createObjectNode();
    view.fill(document);
    return document;
  }
}
