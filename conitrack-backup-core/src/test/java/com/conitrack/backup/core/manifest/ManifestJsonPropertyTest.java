package com.conitrack.backup.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class ManifestJsonPropertyTest {
  private static final Manifest BASE = SampleManifest.full();

  @Property
  void what_is_written_reads_the_same(@ForAll("manifests") Manifest manifest) {
    byte[] bytes = ManifestJson.write(manifest);
    assertThat(ManifestJson.read(bytes)).isEqualTo(manifest);
    assertThat(ManifestJson.write(ManifestJson.read(bytes))).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<Manifest> manifests() {
    return Combinators.combine(
            Arbitraries.of(Trigger.class),
            text().injectNull(0.2),
            instants(),
            tables().list().ofMaxSize(20),
            Arbitraries.longs().greaterOrEqual(0),
            text().list().ofMaxSize(4),
            text().injectNull(0.5))
        .as(ManifestJsonPropertyTest::manifest);
  }

  private static Manifest manifest(
      Trigger trigger,
      @Nullable String reason,
      Instant at,
      List<TableFingerprint> tables,
      long bytes,
      List<String> texts,
      @Nullable String globals) {
    TreeMap<String, Integer> objects = new TreeMap<>();
    texts.forEach(text -> objects.put(text, text.length()));
    return BASE.toBuilder()
        .id(new BackupId("b"))
        .run("run")
        .trigger(trigger)
        .reason(reason)
        .change(change(reason, texts))
        .startedAt(at)
        .finishedAt(at.plusNanos(bytes & 0xFFFF_FFFFL))
        .dump(
            new StoredDump(
                "b.sql",
                List.of(),
                new ByteDigest(bytes, SampleManifest.sha("p")),
                new ByteDigest(bytes, SampleManifest.sha("s"))))
        .contents(
            new Fingerprint(
                tables, List.of(), LargeObjects.NONE, objects, SampleManifest.sha("schema")))
        .requirements(
            new Requirements(
                texts, List.of(), List.of(), List.of(), null, List.of(), globals, List.of()))
        .rules(List.of())
        .copiesRequired(texts.size())
        .anchors(List.of())
        .build();
  }

  private static @Nullable SchemaChange change(@Nullable String version, List<String> scripts) {
    return scripts.isEmpty()
        ? null
        : new SchemaChange(
            "Flyway",
            version,
            version,
            scripts.stream().map(name -> new SchemaChange.Script(name, version)).toList());
  }

  private static Arbitrary<TableFingerprint> tables() {
    return Combinators.combine(
            text(),
            text(),
            Arbitraries.of(TableKind.class),
            Arbitraries.longs().between(0, 1L << 60))
        .as(
            (schema, name, kind, rows) ->
                new TableFingerprint(
                    new TableName(schema, name), kind, rows, rows, SampleManifest.sha(name)));
  }

  /** Any text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .withChars("aZ09 \"\\/'{}[]:,\n\r\t\b\u0001\u001f\u007f\u2028\u2029éñ語")
        .ofMaxLength(20)
        .map(text -> text.length() % 5 == 4 ? text + "\uD83D\uDCA3" : text);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(0, 4_102_444_800_000L)
        .map(millis -> Instant.ofEpochMilli(millis).plusNanos(millis % 1_000_000));
  }
}
