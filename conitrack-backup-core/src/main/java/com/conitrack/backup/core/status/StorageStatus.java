package com.conitrack.backup.core.status;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one storage holds of the database's backups.
 *
 * @param name the storage's name
 * @param problem why it could not be read, null if it could; then the numbers are what others know
 *     of it, or zero
 * @param wanted backups that should have a copy there: all but those whose copy retention deleted
 * @param present copies that are there
 * @param proved copies that are there and proved
 */
public record StorageStatus(
    String name, @Nullable String problem, int wanted, int present, int proved) {

  /** Whether it could be read. */
  public boolean readable() {
    return problem == null;
  }

  static StorageStatus of(String name, Catalogue catalogue, List<CatalogueEntry> backups) {
    List<CopyState> copies =
        backups.stream().flatMap(entry -> copyIn(name, entry)).filter(c -> !c.removed()).toList();
    return new StorageStatus(
        name,
        problem(name, catalogue),
        copies.size(),
        (int) copies.stream().filter(CopyState::present).count(),
        (int) copies.stream().filter(CopyState::proved).count());
  }

  private static Stream<CopyState> copyIn(String name, CatalogueEntry entry) {
    return entry.copies().stream().filter(copy -> copy.storage().equals(name));
  }

  private static @Nullable String problem(String name, Catalogue catalogue) {
    return catalogue.problems().stream()
        .filter(p -> p.storage().equals(name) && p.key() == null && p.blocksDeletion())
        .map(Catalogue.Problem::description)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
