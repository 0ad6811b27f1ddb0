package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Markers say, before a dump becomes visible, whose it is and what its bytes are. If the run dies
 * before its manifest is written, the next run can tell the orphan from anybody else's file, by its
 * digest, and remove it. They lie at {@code pending/<run>.json}.
 */
public final class PendingMarkers {
  static final String PREFIX = "pending/";
  private static final Logger LOG = LoggerFactory.getLogger(PendingMarkers.class);
  private static final String FORMAT = "conitrack-backup-pending";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;

  /** Dates what it writes by {@code clock}. */
  public PendingMarkers(Clock clock) {
    this.clock = clock;
  }

  /** A marker found. */
  record Marker(
      String key,
      String run,
      String database,
      Instant writtenAt,
      String dumpKey,
      ByteDigest stored) {}

  /**
   * Announces a dump.
   *
   * @param run the run whose manifest will lie, or lies, beside the dump
   * @param database the database whose lock is held
   * @throws StorageException kind {@code ALREADY_EXISTS} if the run has one there
   */
  public void write(BackupStorage storage, String run, DatabaseFacts database, StoredDump dump) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("run", run);
    json.put("database", identity(database));
    json.put("writtenAt", clock.instant().toString());
    json.put("key", dump.key());
    json.put("bytes", dump.stored().bytes());
    json.put("sha256", dump.stored().sha256().hex());
    SmallObjects.put(storage, key(run), bytes(json), ObjectAttributes.JSON);
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The markers of one storage; what cannot be read is left alone and logged. */
  List<Marker> read(BackupStorage storage) {
    return storage.list(PREFIX).stream()
        .map(object -> parse(object.key(), SmallObjects.get(storage, object.key())))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable Marker parse(String key, byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      if (!FORMAT.equals(json.path("format").asText()) || json.path("version").asInt() != VERSION) {
        throw new IOException("not a pending marker of version " + VERSION);
      }
      return new Marker(
          key,
          json.path("run").asText(),
          json.path("database").asText(),
          Instant.parse(json.path("writtenAt").asText()),
          json.path("key").asText(),
          new ByteDigest(json.path("bytes").asLong(), new Sha256(json.path("sha256").asText())));
    } catch (IOException | RuntimeException e) {
      LOG.warn("'{}' is left alone: {}", key, e.getMessage());
      return null;
    }
  }

  /** Removes a run's markers; one that cannot be removed now is removed by a later run. */
  public void remove(List<BackupStorage> storages, String run) {
    for (BackupStorage storage : storages) {
      try {
        storage.delete(key(run));
      } catch (StorageException e) {
        LOG.warn("a pending marker stays for the next run: {}", e.getMessage());
      }
    }
  }

  /** What tells one database from another in a marker. */
  static String identity(DatabaseFacts database) {
    String place = database.name() + "@" + database.server();
    String cluster = database.systemIdentifier();
    // Two hosts that share a storage may both call their server "db".
    return cluster == null ? place : place + "#" + cluster;
  }

  /**
   * What dumps are stored with; by the owner, a later run ends uploads that a dead one has left.
   */
  public static ObjectAttributes attributes(BackupId id, DatabaseFacts database) {
    return new ObjectAttributes(
        "application/octet-stream",
        Map.of("conitrack-backup", id.value(), ObjectAttributes.OWNER, owner(database)));
  }

  /** The identity in ASCII, as metadata must be. */
  static String owner(DatabaseFacts database) {
    return Sha256.of(identity(database).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String key(String run) {
    return PREFIX + run + ".json";
  }
}
