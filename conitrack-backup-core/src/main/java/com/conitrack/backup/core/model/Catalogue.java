package com.conitrack.backup.core.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the storages hold, read from the manifests and the register.
 *
 * @param entries the backups, newest first by the recorded instant
 * @param problems what could not be read or does not fit together
 * @param whole whether everything could be read; if not, nothing may be deleted on its strength
 */
public record Catalogue(List<CatalogueEntry> entries, List<Problem> problems, boolean whole) {
  /** Newest first by recorded instant; equal instants by name, so that the order is total. */
  public static final Comparator<CatalogueEntry> NEWEST_FIRST =
      Comparator.comparing((CatalogueEntry e) -> e.manifest().startedAt())
          .thenComparing(CatalogueEntry::id)
          .reversed();

  public Catalogue {
    entries = entries.stream().sorted(NEWEST_FIRST).toList();
    problems = List.copyOf(problems);
  }

  /** The backup of that name. */
  public Optional<CatalogueEntry> find(BackupId id) {
    return entries.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  /** The newest good backup of a database. */
  public Optional<CatalogueEntry> newestGood(String database) {
    return entries.stream()
        .filter(e -> e.manifest().database().name().equals(database))
        .filter(CatalogueEntry::good)
        .findFirst();
  }

  /**
   * Something in a storage that is not as it should be.
   *
   * @param storage the storage's name
   * @param key the object, null where the storage as a whole is meant
   * @param description what is wrong and, where it helps, what to do
   * @param weight how much it matters
   */
  public record Problem(String storage, @Nullable String key, String description, Weight weight) {
    /** Whether retention must wait until it is mended. */
    public boolean blocksDeletion() {
      return weight == Weight.BLOCKS;
    }
  }

  /** How much a problem matters. */
  public enum Weight {
    /** Worth knowing, such as a file that another tool left; nothing is wrong with the backups. */
    NOTE,
    /** A copy is not as it should be; the others can be relied upon. */
    FINDING,
    /** The catalogue cannot be relied upon: retention must wait until it is mended. */
    BLOCKS
  }
}
