package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.objects.Concurrently;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterReading;
import java.util.List;

/**
 * Reads the catalogue out of the storages: every manifest in every one of them, compared with each
 * other, with the dumps that lie there and with the register. What cannot be read or does not fit
 * becomes a problem and never hides the rest. Safe for use by many threads.
 */
public final class CatalogueReader {
  private final List<BackupStorage> storages;
  private final Register register;

  /** Reads what {@code storages} hold, and what {@code register} tells of it. Does no I/O. */
  public CatalogueReader(List<BackupStorage> storages, Register register) {
    this.storages = List.copyOf(storages);
    this.register = register;
  }

  /** Reads everything anew. Never fails because of what it finds. */
  public Catalogue read() {
    RegisterReading reading = register.read();
    List<Listing> listings = Concurrently.map(storages, Listing::of);
    List<Place> places =
        listings.stream()
            .flatMap(l -> l.manifestKeys().stream().map(key -> new Place(l.storage(), key)))
            .toList();
    List<FoundManifest> found = Concurrently.map(places, CatalogueReader::readManifest);
    return new CatalogueAssembly(listings, reading).assemble(found);
  }

  private record Place(BackupStorage storage, String key) {}

  private static FoundManifest readManifest(Place place) {
    String storage = place.storage.info().name();
    try {
      byte[] bytes = SmallObjects.get(place.storage, place.key);
      Manifest manifest = ManifestJson.read(bytes);
      if (!manifest.key().equals(place.key)) {
        return unreadable(
            storage, place.key, "is the manifest of '" + manifest.id() + "', under another's name");
      }
      return new FoundManifest(storage, place.key, manifest, Sha256.of(bytes), null);
    } catch (BackupException e) {
      return unreadable(storage, place.key, String.valueOf(e.getMessage()));
    }
  }

  private static FoundManifest unreadable(String storage, String key, String problem) {
    return new FoundManifest(storage, key, null, null, problem);
  }
}
