package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Concludes from past drills and restores how long one takes: the median of the last few, each
 * scaled by the size of its dump if it was smaller, with the time of the newest backup for the
 * safety backup.
 */
final class Estimator {
  private static final int MOST_SAMPLES = 7;

  private final Catalogue catalogue;
  private final List<RegisterEntry> entries;
  private final Duration rto;

  Estimator(Catalogue catalogue, List<RegisterEntry> entries, Duration rto) {
    this.catalogue = catalogue;
    this.entries = entries;
    this.rto = rto;
  }

  RestoreEstimate estimate(CatalogueEntry wanted) {
    long bytes = wanted.manifest().dump().plain().bytes();
    List<Long> samples =
        entries.stream()
            .filter(Estimator::isRestore)
            .map(entry -> scaled(entry, bytes))
            .flatMapToLong(OptionalLong::stream)
            .boxed()
            .toList();
    if (samples.isEmpty()) {
      return new RestoreEstimate(
          null, "no drill or restore is on record: run a drill to learn how long one takes", rto);
    }
    List<Long> last = samples.subList(Math.max(0, samples.size() - MOST_SAMPLES), samples.size());
    long median = last.stream().sorted().toList().get(last.size() / 2);
    Duration safety = safetyBackup(wanted);
    return new RestoreEstimate(
        Duration.ofMillis(median).plus(safety),
        "the median of the last "
            + last.size()
            + " drills and restores, scaled by size, and the time of the newest backup",
        rto);
  }

  private static boolean isRestore(RegisterEntry entry) {
    boolean kind = entry.event() == RegisterEvent.DRILL || entry.event() == RegisterEvent.RESTORE;
    return kind && entry.outcome().equals("PASSED");
  }

  private OptionalLong scaled(RegisterEntry entry, long bytes) {
    BackupId backup = entry.backup();
    long millis = number(entry.details().get(RegisterDetails.DURATION_MILLIS));
    if (backup == null || millis <= 0) {
      return OptionalLong.empty();
    }
    Optional<Long> then =
        catalogue.find(backup).map(each -> each.manifest().dump().plain().bytes());
    double scale = then.isPresent() ? Math.max(1, bytes / (double) Math.max(1, then.get())) : 1;
    return LongStream.of((long) (millis * scale)).findFirst();
  }

  private static long number(@Nullable String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private Duration safetyBackup(CatalogueEntry wanted) {
    return catalogue
        .newestGood(wanted.manifest().database().name())
        .map(CatalogueEntry::manifest)
        .map(Manifest::duration)
        .orElse(Duration.ZERO);
  }
}
