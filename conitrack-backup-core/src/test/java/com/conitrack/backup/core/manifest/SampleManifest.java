package com.conitrack.backup.core.manifest;

import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.ToolFacts;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A manifest in which most optional members are there and every list has an element. */
public final class SampleManifest {
  private SampleManifest() {}

  public static Manifest full() {
    return Manifest.builder()
        .id(new BackupId("backup_2026-01-06_03-00-00"))
        .run("0f9b1a52-6d8e-4e0a-9c55-1d2f7f7e3a10")
        .trigger(Trigger.PRE_CHANGE)
        .reason("before update 2.4 \"Órdenes\"")
        .startedAt(Instant.parse("2026-01-06T03:00:00Z"))
        .finishedAt(Instant.parse("2026-01-06T03:00:02.125Z"))
        .actor(new Actor("ana", "db-host", "conitrack-backup 0.1.0"))
        .database(database())
        .scope(
            new DumpScope(
                List.of("public"),
                List.of("scratch"),
                List.of(),
                List.of(),
                List.of("public.audit_log")))
        .tool(
            new ToolFacts(
                "pg_dump",
                new ServerVersion(17, "17.2"),
                List.of("--no-password"),
                List.of("pg_dump 17.2 is newer than the server, 16.4")))
        .dump(
            new StoredDump(
                "2026/backup_2026-01-06_03-00-00.sql.gz",
                List.of("gzip"),
                new ByteDigest(48_211, sha("plain")),
                new ByteDigest(7_801, sha("stored"))))
        .contents(contents())
        .requirements(requirements())
        .rules(List.of(new RuleResult("at least 2 tables", true, "2 tables")))
        .copies(
            List.of(
                new CopyRecord(
                    "disk", VerificationLevel.STORED, Instant.parse("2026-01-06T03:00:02Z"), null),
                new CopyRecord("nas", VerificationLevel.NONE, null, "no room left")))
        .copiesRequired(1)
        .anchors(List.of(new RegisterAnchor("disk", 41, sha("entry"))))
        .build();
  }

  private static DatabaseFacts database() {
    return new DatabaseFacts(
        "conitrack",
        "db.example:5432",
        "7340192837465018273",
        new ServerVersion(16, "16.4"),
        9_437_184,
        "UTF8",
        "42");
  }

  private static Fingerprint contents() {
    return new Fingerprint(
        List.of(
            new TableFingerprint(
                new TableName("public", "Órden \"x\""), TableKind.TABLE, 3, 3, sha("orden")),
            new TableFingerprint(
                new TableName("public", "lotes"), TableKind.PARTITIONED, 0, 12, sha(""))),
        List.of(new SequenceValue(new TableName("public", "lotes_id_seq"), 12, true)),
        new LargeObjects(1, sha("large")),
        new TreeMap<>(Map.of("table", 2, "materialized view", 1)),
        sha("schema"));
  }

  private static Requirements requirements() {
    return new Requirements(
        List.of("conitrack"),
        List.of(new Requirements.Extension("pg_trgm", "1.6", "public")),
        List.of("fast"),
        List.of("pg_catalog.\"es-x-icu\""),
        new Requirements.Locale("libc", "es_AR.UTF-8", "es_AR.UTF-8", "2.36"),
        List.of("timezone=UTC"),
        "CREATE ROLE conitrack;\n",
        List.of("role settings could not be read: permission denied"));
  }

  static Sha256 sha(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
