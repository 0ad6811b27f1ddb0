package com.conitrack.backup.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.SchemaChange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Manifest FULL = SampleManifest.full();
  private static final byte[] BYTES = ManifestJson.write(FULL, "gunzip -c b.sql.gz");

  @Test
  void the_format_is_the_one_on_record() throws IOException {
    assertThat(new String(BYTES, StandardCharsets.UTF_8)).isEqualTo(resource("manifest-v1.json"));
    assertThat(ManifestJson.read(BYTES)).isEqualTo(FULL);
  }

  @Test
  void without_a_command_there_is_no_hint() {
    assertThat(new String(ManifestJson.write(FULL), StandardCharsets.UTF_8))
        .doesNotContain("\"restore\"")
        .endsWith("}\n");
    assertThat(ManifestJson.read(ManifestJson.write(FULL))).isEqualTo(FULL);
  }

  @Test
  void a_change_of_the_schema_is_told_in_members_of_its_own() throws IOException {
    SchemaChange change =
        new SchemaChange(
            "Flyway",
            "3",
            "4.1",
            List.of(
                new SchemaChange.Script("V4_1__lots.sql", "-1582040218"),
                new SchemaChange.Script("R__views.sql", null)));
    Manifest manifest = FULL.toBuilder().change(change).build();

    byte[] bytes = ManifestJson.write(manifest);

    assertThat(MAPPER.readTree(bytes).get("change"))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"tool": "Flyway", "currentVersion": "3", "targetVersion": "4.1",
                 "pendingScripts": [
                   {"name": "V4_1__lots.sql", "checksum": "-1582040218"},
                   {"name": "R__views.sql"}]}
                """));
    assertThat(ManifestJson.read(bytes)).isEqualTo(manifest);
  }

  @Test
  void a_manifest_cut_anywhere_is_damaged() {
    int lastBrace = new String(BYTES, StandardCharsets.ISO_8859_1).lastIndexOf('}');
    for (int length = 0; length <= lastBrace; length++) {
      byte[] cut = Arrays.copyOf(BYTES, length);
      assertThat(kindOfReading(cut)).as("cut to %d bytes", length).isEqualTo(ErrorKind.DAMAGED);
    }
  }

  @Test
  void any_byte_altered_reads_or_is_refused_but_nothing_else() {
    for (int at = 0; at < BYTES.length; at += 3) {
      byte[] altered = BYTES.clone();
      altered[at] ^= 1;
      try {
        ManifestJson.read(altered);
      } catch (BackupException e) {
        assertThat(e.kind()).isIn(ErrorKind.DAMAGED, ErrorKind.CONFIGURATION);
      }
    }
  }

  @Test
  void every_member_is_required_but_those_that_may_be_absent() throws IOException {
    JsonNode whole = MAPPER.readTree(ManifestJson.write(FULL));
    Set<String> optional =
        Set.of(
            "reason",
            "systemIdentifier",
            "schemaVersion",
            "verifiedAt",
            "problem",
            "globals",
            "locale",
            "collationVersion");
    List<String> members = new ArrayList<>();
    collect(whole, "", members);
    assertThat(members).hasSizeGreaterThan(80);
    for (String pointer : members) {
      JsonNode lacking = whole.deepCopy();
      String name = pointer.substring(pointer.lastIndexOf('/') + 1);
      ((ObjectNode) lacking.at(pointer.substring(0, pointer.lastIndexOf('/')))).remove(name);
      byte[] bytes = MAPPER.writeValueAsBytes(lacking);
      if (optional.contains(name)) {
        assertThat(ManifestJson.read(bytes).id()).isEqualTo(FULL.id());
      } else {
        assertThat(kindOfReading(bytes)).as(pointer).isEqualTo(ErrorKind.DAMAGED);
      }
    }
  }

  private static void collect(JsonNode node, String pointer, List<String> members) {
    if (pointer.endsWith("/objects")) {
      return;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), pointer + "/" + i, members);
      }
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              members.add(pointer + "/" + name);
              collect(node.get(name), pointer + "/" + name, members);
            });
  }

  @Test
  void the_message_names_what_is_missing() {
    String text =
        new String(BYTES, StandardCharsets.UTF_8).replace("\"totalRows\" : 12", "\"x\":1");
    assertThatThrownBy(() -> ManifestJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("'contents.tables[1].totalRows' is missing");
  }

  @Test
  void members_unknown_to_this_version_are_ignored() {
    String text =
        new String(BYTES, StandardCharsets.UTF_8)
            .replace("\"run\" :", "\"future\" : {\"a\" : [1]},\n  \"run\" :");
    assertThat(ManifestJson.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(FULL);
  }

  @Test
  void a_newer_version_is_refused_with_what_to_do() {
    String text =
        new String(BYTES, StandardCharsets.UTF_8).replace("\"version\" : 1,", "\"version\" : 2,");
    assertThatThrownBy(() -> ManifestJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("format version is 2, this software knows up to 1")
        .hasMessageContaining("hint: use the version");
  }

  @Test
  void members_given_twice_and_anything_after_the_end_are_damage() {
    String text = new String(BYTES, StandardCharsets.UTF_8);
    String twice =
        text.replace("\"copiesRequired\" : 1", "\"copiesRequired\":1,\"copiesRequired\":2");
    assertThat(kindOfReading(twice.getBytes(StandardCharsets.UTF_8))).isEqualTo(ErrorKind.DAMAGED);
    String more = text + "{}";
    assertThat(kindOfReading(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(ErrorKind.DAMAGED);
  }

  @Test
  void other_json_is_no_manifest() {
    for (String other : List.of("{}", "[]", "null", "1", "{\"format\":\"conitrack-register\"}")) {
      assertThat(kindOfReading(other.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(ErrorKind.DAMAGED);
    }
  }

  private static ErrorKind kindOfReading(byte[] bytes) {
    BackupException thrown =
        catchThrowableOfType(BackupException.class, () -> ManifestJson.read(bytes));
    assertThat(thrown).as("the bytes were read").isNotNull();
    return thrown.kind();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ManifestJsonTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
