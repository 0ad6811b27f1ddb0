package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.DrillStatus;
import com.conitrack.backup.core.status.NewestGood;
import com.conitrack.backup.core.status.StorageStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters below {@code conitrack.backup}. Those of what happens are counted from events, those of
 * how things stand are read from the status when a registry asks; NaN stands for what is not known.
 */
final class BackupMeters implements MeterBinder, BackupListener {
  private static final String PREFIX = "conitrack.backup.";

  private final StatusCache cache;
  private final List<String> storages;
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
  private final Map<BackupId, Trigger> running = new ConcurrentHashMap<>();
  private final Map<BackupId, BackupEvent.Progressed> dumped = new ConcurrentHashMap<>();

  BackupMeters(StatusCache cache, List<String> storages) {
    this.cache = cache;
    this.storages = List.copyOf(storages);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
    seconds(registry, "newest.age", "Age of the newest good backup", age(BackupMeters::newestAge));
    seconds(
        registry,
        "rpo.remaining",
        "How long the newest good backup stays within the RPO; negative once it is too old",
        age(status -> status.rpoRemaining().orElse(null)));
    seconds(registry, "rpo.allowed", "The RPO", age(BackupStatus::rpo));
    seconds(
        registry,
        "drill.age",
        "Time since the last drill that passed",
        age(status -> status.drills().lastPassedAge()));
    seconds(
        registry,
        "drill.duration",
        "How long the restore of the last drill took",
        age(status -> status.drills().took()));
    seconds(registry, "rto.allowed", "The RTO", age(status -> drills(status).rto()));
    plain(registry, "backups", "Backups of the database", BackupStatus::backups);
    plain(registry, "backups.good", "Those that are good", BackupStatus::goodBackups);
    plain(
        registry,
        "health",
        "0 if all is well, 1 for a warning, 2 if failing",
        status -> status.health().ordinal());
    plain(
        registry,
        "register.sound",
        "1 if every chain of the register is unbroken",
        status -> status.register().sound() ? 1 : 0);
    storages.forEach(storage -> bindCopies(registry, storage));
  }

  private void bindCopies(MeterRegistry registry, String storage) {
    copies(registry, storage, "wanted", StorageStatus::wanted);
    copies(registry, storage, "present", StorageStatus::present);
    copies(registry, storage, "proved", StorageStatus::proved);
  }

  private void copies(
      MeterRegistry registry, String storage, String state, ToDoubleFunction<StorageStatus> count) {
    Gauge.builder(PREFIX + "copies", this, meters -> meters.copies(storage, count))
        .description("Copies of backups in a storage")
        .tag("storage", storage)
        .tag("state", state)
        .register(registry);
  }

  private double copies(String storage, ToDoubleFunction<StorageStatus> count) {
    return cache.status().stream()
        .flatMap(status -> status.storages().stream())
        .filter(each -> each.name().equals(storage) && each.readable())
        .mapToDouble(count)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static DrillStatus drills(BackupStatus status) {
    return status.drills();
  }

  private static @Nullable Duration newestAge(BackupStatus status) {
    NewestGood newest = status.newest();
    return newest == null ? null : newest.age();
  }

  private static ToDoubleFunction<BackupStatus> age(
      Function<BackupStatus, @Nullable Duration> duration) {
    return status -> {
      Duration known = duration.apply(status);
      return known == null ? Double.NaN : known.toMillis() / 1000.0;
    };
  }

  private void seconds(
      MeterRegistry registry, String name, String about, ToDoubleFunction<BackupStatus> value) {
    gauge(name, about, value).baseUnit("seconds").register(registry);
  }

  private void plain(
      MeterRegistry registry, String name, String about, ToDoubleFunction<BackupStatus> value) {
    gauge(name, about, value).register(registry);
  }

  private Gauge.Builder<BackupMeters> gauge(
      String name, String about, ToDoubleFunction<BackupStatus> value) {
    return Gauge.builder(
            PREFIX + name,
            this,
            meters -> meters.cache.status().map(value::applyAsDouble).orElse(Double.NaN))
        .description(about);
  }

  @Override
  public void on(BackupEvent event) {
    if (event instanceof BackupEvent.Started started) {
      running.put(started.backup(), started.trigger());
    } else if (event instanceof BackupEvent.Progressed progress) {
      keep(progress);
    } else if (event instanceof BackupEvent.Failed failed) {
      count("failures", "Backups that failed", "kind", failed.kind().name());
    } else if (event instanceof BackupEvent.CopyFailed failed) {
      count("copy.failures", "Copies that could not be made", "storage", failed.storage());
    } else if (event instanceof BackupEvent.CopyRejected rejected) {
      count("copy.rejections", "Copies found wanting", "storage", rejected.storage());
    } else if (event instanceof BackupEvent.Finished finished) {
      finished(finished);
    }
  }

  private void keep(BackupEvent.Progressed progress) {
    if (progress.phase() == Phase.DUMPING && running.containsKey(progress.backup())) {
      dumped.put(progress.backup(), progress);
    }
  }

  private void finished(BackupEvent.Finished finished) {
    Trigger trigger = running.remove(finished.backup());
    BackupEvent.Progressed dump = dumped.remove(finished.backup());
    for (MeterRegistry registry : registries) {
      Timer.builder(PREFIX + "duration")
          .description("How long backups took")
          .tag("result", word(finished.result()))
          .tag("trigger", trigger == null ? "none" : word(trigger.name()))
          .register(registry)
          .record(finished.elapsed());
      if (dump != null && !finished.result().equals("FAILED")) {
        sizes(registry, dump, finished.elapsed());
      }
    }
  }

  private static void sizes(MeterRegistry registry, BackupEvent.Progressed dump, Duration elapsed) {
    summary(registry, "size.plain", "bytes", "Size of the dump before coding")
        .record(dump.plainBytes());
    summary(registry, "size.stored", "bytes", "Size of the dump as stored")
        .record(dump.storedBytes());
    summary(registry, "throughput", "bytes/second", "Plain bytes a second, from start to proof")
        .record(dump.plainBytes() / Math.max(0.001, elapsed.toMillis() / 1000.0));
  }

  private static DistributionSummary summary(
      MeterRegistry registry, String name, String unit, String about) {
    return DistributionSummary.builder(PREFIX + name)
        .baseUnit(unit)
        .description(about)
        .register(registry);
  }

  private void count(String name, String about, String tag, String value) {
    for (MeterRegistry registry : registries) {
      Counter.builder(PREFIX + name)
          .description(about)
          .tag(tag, word(value))
          .register(registry)
          .increment();
    }
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
