package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which backup a drill restores. All but a named one are chosen among the good ones. */
public sealed interface DrillChoice {

  /**
   * The one chosen.
   *
   * @param good the good backups of the database, newest first
   * @param now the time
   */
  Optional<CatalogueEntry> among(List<CatalogueEntry> good, Instant now);

  /** A backup by name, good or not. */
  record Named(BackupId id) implements DrillChoice {
    @Override
    public Optional<CatalogueEntry> among(List<CatalogueEntry> good, Instant now) {
      return good.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }
  }

  /** The newest. */
  record Newest() implements DrillChoice {
    @Override
    public Optional<CatalogueEntry> among(List<CatalogueEntry> good, Instant now) {
      return good.stream().findFirst();
    }
  }

  /** The oldest. */
  record Oldest() implements DrillChoice {
    @Override
    public Optional<CatalogueEntry> among(List<CatalogueEntry> good, Instant now) {
      return good.isEmpty() ? Optional.empty() : Optional.of(good.get(good.size() - 1));
    }
  }

  /** Any, all with the same chance. */
  record Any(RandomGenerator random) implements DrillChoice {
    @Override
    public Optional<CatalogueEntry> among(List<CatalogueEntry> good, Instant now) {
      return good.isEmpty() ? Optional.empty() : Optional.of(good.get(random.nextInt(good.size())));
    }
  }

  /** The newest of those that are at least so old. */
  record OlderThan(Duration age) implements DrillChoice {
    @Override
    public Optional<CatalogueEntry> among(List<CatalogueEntry> good, Instant now) {
      Instant limit = now.minus(age);
      return good.stream()
          .filter(entry -> !entry.manifest().startedAt().isAfter(limit))
          .findFirst();
    }
  }
}
