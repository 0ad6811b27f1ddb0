package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.objects.Concurrently;
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
    return read(register.read());
  }

  /** As {@link #read()}, by what was just read of the register. */
  public Catalogue read(RegisterReading reading) {
    List<Listing> listings = Concurrently.map(storages, Listing::of);
    List<FoundManifest> found =
        Concurrently.map(listings, new ManifestReader()::readAll).stream()
            .flatMap(List::stream)
            .toList();
    return new CatalogueAssembly(listings, reading).assemble(found);
  }
}
