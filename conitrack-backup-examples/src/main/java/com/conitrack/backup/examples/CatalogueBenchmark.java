package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Times the listing of a large catalogue in two storages: in memory, in directories, and behind a
 * network that takes 30 ms for every answer. Each is read by a process that has read nothing yet.
 */
public final class CatalogueBenchmark {
  private static final int TABLES = 40;
  private static final int ENTRIES_A_BACKUP = 3;
  private static final int KEYS_A_PAGE = 1000;
  private static final Duration LATENCY = Duration.ofMillis(30);
  private static final Instant START = Instant.parse("2026-01-06T03:00:00Z");

  private final InMemoryDatabase database = InMemoryDatabase.named("stock");
  private final InMemoryStorage one = new InMemoryStorage("one");
  private final InMemoryStorage two = new InMemoryStorage("two");
  private final int rounds;

  private CatalogueBenchmark(int rounds) {
    this.rounds = rounds;
    for (int table = 0; table < TABLES; table++) {
      String name = "public.table_with_a_longer_name_" + table;
      database.table(name, "id", "codigo", "nombre").row(name, "1", "L-1", "one");
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param args number of backups (by default 5000) and rounds (by default 3)
   */
  public static void main(String[] args) throws IOException {
    int backups = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path directory = Files.createTempDirectory("conitrack-backup-catalogue");
    try {
      new CatalogueBenchmark(rounds).run(backups, directory);
    } finally {
      delete(directory);
    }
  }

  private void run(int backups, Path directory) throws IOException {
    fill(backups);
    Path first = write(one, directory.resolve("one"));
    Path second = write(two, directory.resolve("two"));
    System.out.printf(
        "%d backups and %d register entries in each of 2 storages, manifests of %d bytes%n",
        backups, one.list("register/").size(), manifestBytes());
    System.out.printf("%-36s %8s %8s %8s%n", "seconds", "min", "median", "max");
    time("list, in memory", backups, one, two);
    time(
        "list, directories",
        backups,
        FileSystemStorage.at("one", first),
        FileSystemStorage.at("two", second));
    time("list, 30 ms for every answer", backups, new Distant(one), new Distant(two));
  }

  private long manifestBytes() {
    return one.list("").stream()
        .filter(object -> object.key().endsWith(Manifest.SUFFIX))
        .mapToLong(StoredObject::bytes)
        .max()
        .orElse(0);
  }

  private void fill(int backups) {
    Manifest real =
        ConitrackBackup.builder()
            .database(database)
            .storage(new InMemoryStorage("one"))
            .storage(new InMemoryStorage("two"))
            .build()
            .backup(Trigger.SCHEDULED)
            .orThrow();
    String text = new String(ManifestJson.write(real), StandardCharsets.UTF_8);
    byte[] dump = new byte[(int) real.dump().stored().bytes()];
    List<BackupStorage> storages = List.of(one, two);
    Register register = new Register(storages);
    for (int number = 0; number < backups; number++) {
      Instant at = START.plus(Duration.ofMinutes(15L * number));
      String id = "backup_" + number;
      String run = UUID.randomUUID().toString();
      byte[] manifest =
          text.replace(real.id().value(), id)
              .replace(real.run(), run)
              .replace(real.startedAt().toString(), at.toString())
              .getBytes(StandardCharsets.UTF_8);
      for (BackupStorage storage : storages) {
        SmallObjects.put(storage, id + ".sql.gz", dump, ObjectAttributes.JSON);
        SmallObjects.put(storage, Manifest.keyOf(id + ".sql.gz"), manifest, ObjectAttributes.JSON);
      }
      record(register, new BackupId(id), run, at, Sha256.of(manifest));
    }
  }

  private static void record(
      Register register, BackupId id, String run, Instant at, Sha256 manifest) {
    Map<String, String> taken = new TreeMap<>();
    taken.put(RegisterDetails.RUN, run);
    taken.put(RegisterDetails.KEY, id + ".sql.gz");
    taken.put(RegisterDetails.MANIFEST_SHA256, manifest.hex());
    register.append(entry(id, at, RegisterEvent.BACKUP, "COMPLETE", null, taken));
    for (int i = 1; i < ENTRIES_A_BACKUP; i++) {
      Map<String, String> proved = new TreeMap<>();
      proved.put(RegisterDetails.RUN, run);
      proved.put(RegisterDetails.LEVEL, "CONTENT");
      register.append(
          entry(id, at, RegisterEvent.VERIFICATION, "PROVED", i == 1 ? "one" : "two", proved));
    }
  }

  private static RegisterEntry entry(
      BackupId id,
      Instant at,
      RegisterEvent event,
      String outcome,
      @org.jspecify.annotations.Nullable String storage,
      Map<String, String> details) {
    return new RegisterEntry(
        UUID.randomUUID().toString(),
        at,
        event,
        outcome,
        new Actor("benchmark", "host", "conitrack-backup"),
        id,
        storage,
        new TreeMap<>(details));
  }

  /** What an adapter would have written, without waiting for the disk each time. */
  private static Path write(InMemoryStorage storage, Path directory) throws IOException {
    for (StoredObject object : storage.list("")) {
      Path file = directory.resolve(object.key());
      Files.createDirectories(file.getParent());
      Files.write(file, SmallObjects.get(storage, object.key()));
    }
    return directory;
  }

  private void time(String name, int backups, BackupStorage first, BackupStorage second) {
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long began = System.nanoTime();
      var catalogue =
          ConitrackBackup.builder()
              .database(database)
              .storage(first)
              .storage(second)
              .build()
              .catalogue();
      seconds.add(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
      if (catalogue.entries().size() != backups || !catalogue.problems().isEmpty()) {
        throw new IllegalStateException("not the catalogue: " + catalogue.problems());
      }
    }
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-36s %8.2f %8.2f %8.2f%n",
        name, sorted[0], sorted[sorted.length / 2], Arrays.stream(sorted).max().orElseThrow());
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Answers after a while, as many callers at once as there are. */
  private record Distant(BackupStorage below) implements BackupStorage {
    private static void travel(int answers) {
      long until = System.nanoTime() + LATENCY.toNanos() * answers;
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }

    @Override
    public StorageInfo info() {
      return below.info();
    }

    @Override
    public Upload begin(String key, ObjectAttributes attributes) {
      travel(1);
      return below.begin(key, attributes);
    }

    @Override
    public InputStream open(String key, long offset) {
      travel(1);
      return below.open(key, offset);
    }

    @Override
    public Optional<StoredObject> find(String key) {
      travel(1);
      return below.find(key);
    }

    @Override
    public List<StoredObject> list(String prefix) {
      List<StoredObject> objects = below.list(prefix);
      travel(1 + objects.size() / KEYS_A_PAGE);
      return objects;
    }

    @Override
    public boolean delete(String key) {
      travel(1);
      return below.delete(key);
    }

    @Override
    public List<String> sweep(Instant olderThan) {
      travel(1);
      return below.sweep(olderThan);
    }

    @Override
    public List<String> sweepOwned(String owner) {
      travel(1);
      return below.sweepOwned(owner);
    }
  }
}
