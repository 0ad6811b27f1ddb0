package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Register entries, and hands that tamper with them. */
final class Entries {
  static final Actor ANA = new Actor("ana \"la jefa\"", "db-host", "conitrack-backup 0.1.0");

  private Entries() {}

  static RegisterEntry entry(String id, int minute) {
    return new RegisterEntry(
        id,
        Instant.parse("2026-01-06T03:00:00Z").plusSeconds(60L * minute),
        RegisterEvent.BACKUP,
        "COMPLETE",
        ANA,
        new BackupId("backup_" + minute),
        null,
        new TreeMap<>(
            Map.of("key", "backup.sql.gz", "reason", "año \\ \"x\",\"digest\":\"0\"}\n\u2028")));
  }

  static RegisterEntry entry(int number) {
    return entry("id-" + number, number);
  }

  /** Appends entries 1 to {@code count}. */
  static void append(BackupStorage storage, int count) {
    RegisterChain chain = new RegisterChain(storage);
    for (int number = 1; number <= count; number++) {
      chain.append(entry(number));
    }
  }

  static byte[] bytes(BackupStorage storage, long sequence) {
    return SmallObjects.get(storage, RegisterKeys.of(sequence));
  }

  static void overwrite(BackupStorage storage, long sequence, byte[] bytes) {
    storage.delete(RegisterKeys.of(sequence));
    SmallObjects.put(storage, RegisterKeys.of(sequence), bytes, ObjectAttributes.JSON);
  }

  /** The entry's bytes with {@code from} replaced and the digest made to fit again. */
  static byte[] forged(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String body = text.substring(0, text.length() - 78).replace(from, to);
    String digest = Sha256.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    return (body + ",\"digest\":\"" + digest + "\"}\n").getBytes(StandardCharsets.UTF_8);
  }
}
