package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket of a {@link GcsServer}: its settings, and what lies in it. */
public final class GcsBucket {
  private final String name;
  private final NavigableMap<String, GcsObject> live = new TreeMap<>();
  private final List<GcsObject> noncurrent = new ArrayList<>();
  private final Set<String> held = new HashSet<>();
  private boolean versioned;
  private boolean objectRetention;
  private boolean requesterPays;
  private int pageLimit = 1000;
  private @Nullable Duration retention;
  private long lastGeneration = 1_700_000_000_000_000L;

  GcsBucket(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Replaced and deleted objects are kept as noncurrent versions. */
  public synchronized GcsBucket versioned() {
    versioned = true;
    return this;
  }

  /** Objects may have a retention of their own. */
  public synchronized GcsBucket withObjectRetention() {
    objectRetention = true;
    return this;
  }

  /** A retention policy: no object is deleted or replaced before it is that old. */
  public synchronized GcsBucket keepingFor(Duration period) {
    retention = period;
    return this;
  }

  /** Requests must name a project that pays. */
  public synchronized GcsBucket requesterPays() {
    requesterPays = true;
    return this;
  }

  /** Lists have at most so many objects on a page, however many are asked for. */
  public synchronized GcsBucket pagesOf(int objects) {
    pageLimit = objects;
    return this;
  }

  /** Puts an object under a temporary hold. */
  public synchronized void hold(String object) {
    held.add(object);
  }

  /** Releases the hold. */
  public synchronized void release(String object) {
    held.remove(object);
  }

  /** Puts an object there as another program would. */
  public synchronized void put(String object, byte[] content, @Nullable String contentEncoding) {
    var settings = JsonNodeFactory.instance.objectNode();
    if (contentEncoding != null) {
      settings.put("contentEncoding", contentEncoding);
    }
    insert(object, content, settings, new Conditions(null, null), false);
  }

  /** Names of the objects there are. */
  public synchronized List<String> names() {
    return List.copyOf(live.keySet());
  }

  /** How many noncurrent versions there are. */
  public synchronized int noncurrentVersions() {
    return noncurrent.size();
  }

  /** The bytes of an object. */
  public synchronized byte[] content(String object) {
    return require(object, null).content().clone();
  }

  /** The object resource, as JSON. */
  public synchronized String resource(String object) {
    return require(object, null).resource().toString();
  }

  synchronized int pageLimit() {
    return pageLimit;
  }

  synchronized void requirePayer(boolean named) {
    if (requesterPays && !named) {
      throw new Refusal(
          400,
          "userProjectMissing",
          "Bucket is a requester pays bucket but no user project provided.");
    }
  }

  synchronized Collection<GcsObject> objectsFrom(String first) {
    return List.copyOf(live.tailMap(first, true).values());
  }

  synchronized GcsObject require(String object, @Nullable Long generation) {
    GcsObject found = live.get(object);
    if (found != null && (generation == null || generation == found.generation())) {
      return found;
    }
    long wanted = generation == null ? 0 : generation;
    return noncurrent.stream()
        .filter(old -> old.name().equals(object) && old.generation() == wanted)
        .findFirst()
        .orElseThrow(() -> Refusal.noSuchObject(name, object));
  }

  synchronized boolean has(String object) {
    return live.containsKey(object);
  }

  synchronized void check(String object, Conditions conditions) {
    conditions.check(Optional.ofNullable(live.get(object)).map(GcsObject::generation));
  }

  /** Makes an object visible; a condition is checked before retention. */
  synchronized GcsObject insert(
      String object, byte[] content, JsonNode settings, Conditions conditions, boolean corrupt) {
    requireName(object);
    check(object, conditions);
    requireRetentionAllowed(settings);
    GcsObject before = live.get(object);
    if (before != null) {
      replace(before);
    }
    GcsObject made =
        new GcsObject(name, object, ++lastGeneration, content, settings, Instant.now());
    made.hashes().require(text(settings, "crc32c"), text(settings, "md5Hash"));
    GcsObject kept = corrupt ? made.flipped() : made;
    live.put(object, kept);
    return kept;
  }

  private void replace(GcsObject before) {
    requireDeletable(before);
    if (versioned) {
      noncurrent.add(before);
    }
  }

  /**
   * Deletes; with a generation for good, without one into a noncurrent version if there are any.
   */
  synchronized void delete(String object, @Nullable Long generation) {
    GcsObject found = require(object, generation);
    if (generation == null && versioned) {
      live.remove(object);
      noncurrent.add(found);
      return;
    }
    requireDeletable(found);
    if (!noncurrent.remove(found)) {
      live.remove(object);
    }
  }

  private void requireDeletable(GcsObject object) {
    String which = "Object '" + name + "/" + object.name() + "'";
    if (held.contains(object.name())) {
      throw new Refusal(
          403,
          "forbidden",
          which
              + " is under active Temporary hold and cannot be deleted, overwritten or archived"
              + " until hold is removed.");
    }
    Instant until = keptUntil(object);
    if (until.isAfter(Instant.now())) {
      throw new Refusal(
          403,
          "retentionPolicyNotMet",
          which
              + " is subject to bucket's retention policy or object retention and cannot be"
              + " deleted or overwritten until "
              + until);
    }
  }

  private Instant keptUntil(GcsObject object) {
    Instant byPolicy = retention == null ? Instant.MIN : object.created().plus(retention);
    JsonNode own = object.settings().path("retention").path("retainUntilTime");
    Instant byObject = own.isMissingNode() ? Instant.MIN : time(own.asText());
    return byPolicy.isAfter(byObject) ? byPolicy : byObject;
  }

  private void requireRetentionAllowed(JsonNode settings) {
    JsonNode wanted = settings.path("retention");
    if (wanted.isMissingNode() || wanted.isNull()) {
      return;
    }
    if (!objectRetention) {
      throw Refusal.invalid("Object retention is not enabled on the bucket.");
    }
    if (!Set.of("Unlocked", "Locked").contains(wanted.path("mode").asText())) {
      throw Refusal.invalid(
          "Missing retention mode. Both mode and retain until time are required.");
    }
    if (!time(wanted.path("retainUntilTime").asText()).isAfter(Instant.now())) {
      throw Refusal.invalid("Retain until time must be in the future.");
    }
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Refusal.invalid("Invalid value for retainUntilTime: " + text);
    }
  }

  /** See https://cloud.google.com/storage/docs/objects#naming. */
  private static void requireName(String object) {
    int bytes = object.getBytes(StandardCharsets.UTF_8).length;
    boolean illegal =
        object.equals(".")
            || object.equals("..")
            || object.indexOf('\n') >= 0
            || object.indexOf('\r') >= 0;
    if (bytes < 1 || bytes > 1024 || illegal) {
      throw Refusal.invalid("Invalid object name.");
    }
  }

  private static @Nullable String text(JsonNode settings, String field) {
    return settings.hasNonNull(field) ? settings.get(field).asText() : null;
  }
}
