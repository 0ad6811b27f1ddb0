package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.objects.Concurrently;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the manifests of every storage to the last byte. Bytes that another storage gave as well
 * are interpreted once. Used for one reading of the catalogue, by a thread for each storage.
 */
final class ManifestReader {
  private final Map<Sha256, Manifest> interpreted = new ConcurrentHashMap<>();

  /** Every manifest that was listed; many at once, as a storage far away wants it. */
  List<FoundManifest> readAll(Listing listing) {
    BackupStorage storage = listing.storage();
    return Concurrently.map(listing.manifestKeys(), key -> read(storage, key));
  }

  private FoundManifest read(BackupStorage storage, String key) {
    String name = storage.info().name();
    try {
      byte[] bytes = SmallObjects.get(storage, key);
      Sha256 digest = Sha256.of(bytes);
      Manifest manifest = interpreted.computeIfAbsent(digest, absent -> ManifestJson.read(bytes));
      if (!manifest.key().equals(key)) {
        return unreadable(
            name, key, "is the manifest of '" + manifest.id() + "', under another's name");
      }
      return new FoundManifest(name, key, manifest, digest, null);
    } catch (BackupException e) {
      return unreadable(name, key, String.valueOf(e.getMessage()));
    }
  }

  private static FoundManifest unreadable(String storage, String key, String problem) {
    return new FoundManifest(storage, key, null, null, problem);
  }
}
