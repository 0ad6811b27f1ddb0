package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one storage at one moment.
 *
 * @param storage the storage
 * @param objects by key; empty if it could not be listed
 * @param failure why it could not be listed, null if it could
 */
record Listing(
    BackupStorage storage, Map<String, StoredObject> objects, @Nullable StorageException failure) {
  /** What lies under these prefixes is no backup. */
  private static final Set<String> OTHER_PREFIXES =
      Set.of("register/", "pending/", "check/", "annex/");

  static Listing of(BackupStorage storage) {
    try {
      return new Listing(
          storage,
          storage.list("").stream()
              .collect(Collectors.toMap(StoredObject::key, Function.identity())),
          null);
    } catch (StorageException e) {
      return new Listing(storage, Map.of(), e);
    }
  }

  String name() {
    return storage.info().name();
  }

  /** Keys of manifests, in order. */
  List<String> manifestKeys() {
    return objects.keySet().stream().filter(Listing::isManifest).sorted().toList();
  }

  /** Keys of what looks like a dump and has no manifest beside it, in order. */
  List<String> lonelyDumps() {
    return objects.keySet().stream()
        .filter(key -> !isManifest(key) && !isOther(key) && looksLikeDump(key))
        .filter(key -> !objects.containsKey(Manifest.keyOf(key)))
        .sorted()
        .toList();
  }

  /** Whether neither the dump nor its manifest is listed. */
  boolean holdsNothingOf(Manifest manifest) {
    return failure == null
        && !objects.containsKey(manifest.dump().key())
        && !objects.containsKey(manifest.key());
  }

  /** Whether a run is at work here, or has died: its dump may not have its manifest yet. */
  boolean hasPendingRun() {
    return objects.keySet().stream().anyMatch(key -> key.startsWith("pending/"));
  }

  private static boolean isManifest(String key) {
    return key.endsWith(Manifest.SUFFIX) && !isOther(key);
  }

  private static boolean isOther(String key) {
    return OTHER_PREFIXES.stream().anyMatch(key::startsWith);
  }

  private static boolean looksLikeDump(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return name.contains(".sql") || name.contains(".dump") || name.contains(".tar");
  }
}
