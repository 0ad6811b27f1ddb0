package com.conitrack.backup.core.check;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A storage under test, and the objects of one test in it. They lie at {@code
 * check/<when>-<uuid>-<name>}, so that what a test that died has left can be told by its age.
 */
final class Bench {
  static final String PREFIX = "check/";

  private static final Duration NO_TEST_IS_SO_OLD = Duration.ofHours(1);
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final BackupStorage storage;
  private final Clock clock;
  private final String own;
  private final Set<String> keys = new LinkedHashSet<>();

  Bench(BackupStorage storage, Clock clock) {
    this.storage = storage;
    this.clock = clock;
    this.own = PREFIX + WHEN.format(clock.instant()) + "-" + UUID.randomUUID() + "-";
  }

  BackupStorage storage() {
    return storage;
  }

  Clock clock() {
    return clock;
  }

  /** A key of this test, which is removed at its end. */
  String key(String name) {
    String key = own + name;
    keys.add(key);
    return key;
  }

  /** Bytes that no other object of any test has. */
  static byte[] bytesFor(String key) {
    return ("this object of a storage check can be deleted: " + key)
        .getBytes(StandardCharsets.UTF_8);
  }

  StoredObject put(String key, byte[] bytes) {
    return put(key, bytes, ObjectAttributes.JSON);
  }

  StoredObject put(String key, byte[] bytes, ObjectAttributes attributes) {
    try (Upload upload = storage.begin(key, attributes)) {
      upload.write(bytes, 0, bytes.length);
      return upload.commit();
    }
  }

  byte[] get(String key) {
    return SmallObjects.get(storage, key);
  }

  Optional<StoredObject> listed(String key) {
    return storage.list(PREFIX).stream().filter(object -> object.key().equals(key)).findFirst();
  }

  /** Whether anything tells of an object under that key. */
  boolean isVisible(String key) {
    return storage.find(key).isPresent() || listed(key).isPresent() || opens(key);
  }

  private boolean opens(String key) {
    try {
      SmallObjects.get(storage, key);
      return true;
    } catch (StorageException e) {
      return switch (e.kind()) {
        case NOT_FOUND -> false;
        case DAMAGED -> true;
        default -> throw e;
      };
    }
  }

  /** Removes what this test has written; tells what cannot be removed now, and why. */
  List<String> clear() {
    List<String> left = new ArrayList<>();
    for (String key : keys) {
      try {
        storage.delete(key);
      } catch (StorageException e) {
        left.add("'" + key + "': " + e.why());
      }
    }
    return left;
  }

  /**
   * Removes what tests that died more than an hour ago have left, or those whose objects were
   * locked; what is still locked stays. Tells the keys removed.
   */
  List<String> removeOlder() {
    Instant before = clock.instant().minus(NO_TEST_IS_SO_OLD);
    List<String> removed = new ArrayList<>();
    for (StoredObject object : storage.list(PREFIX)) {
      if (writtenAt(object).isBefore(before) && removes(object.key())) {
        removed.add(object.key());
      }
    }
    return removed;
  }

  private boolean removes(String key) {
    try {
      return storage.delete(key);
    } catch (StorageException e) {
      return false;
    }
  }

  private static Instant writtenAt(StoredObject object) {
    String name = object.key().substring(PREFIX.length());
    int end = name.indexOf('-');
    try {
      return end < 0 ? object.modified() : WHEN.parse(name.substring(0, end), Instant::from);
    } catch (DateTimeException e) {
      return object.modified();
    }
  }
}
