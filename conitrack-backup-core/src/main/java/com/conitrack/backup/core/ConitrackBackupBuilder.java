package com.conitrack.backup.core;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.core.setup.Events;
import com.conitrack.backup.core.setup.ReadPatience;
import com.conitrack.backup.core.setup.ResumingStorage;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.setup.TimeLimitedStorage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a {@link ConitrackBackup} together. Belongs to one thread. */
public final class ConitrackBackupBuilder {
  private @Nullable Database database;
  private @Nullable RunLock lock;
  private final List<BackupStorage> storages = new ArrayList<>();
  private final List<BackupListener> listeners = new ArrayList<>();
  private final List<StreamCodec> readable = new ArrayList<>(List.of(GzipCodec.fast()));
  private List<StreamCodec> codecs = List.of(GzipCodec.fast());
  private BackupPolicy policy = BackupPolicy.defaults();
  private DumpScope scope = DumpScope.ALL;
  private Clock clock = Clock.systemUTC();
  private @Nullable String actor;
  private Duration lockWait = Duration.ZERO;
  private Duration stallLimit = Duration.ofMinutes(2);
  private ReadPatience readPatience = ReadPatience.usual();

  ConitrackBackupBuilder() {}

  /** The database to back up; must be given. */
  public ConitrackBackupBuilder database(Database database) {
    this.database = database;
    return this;
  }

  /**
   * What keeps runners on the database apart, the replicas of an application for instance; by
   * default the database's own lock. Everyone who works on the database must use the same.
   */
  public ConitrackBackupBuilder lock(RunLock lock) {
    this.lock = lock;
    return this;
  }

  /**
   * One more place for copies; at least one must be given. Every backup goes to all of them at
   * once; restores read from the first that has a proved copy.
   */
  public ConitrackBackupBuilder storage(BackupStorage storage) {
    storages.add(storage);
    return this;
  }

  /** What is asked of the backups; by default {@link BackupPolicy#defaults()}. */
  public ConitrackBackupBuilder policy(BackupPolicy policy) {
    this.policy = policy;
    return this;
  }

  /** Which part of the database to dump; by default all of it. */
  public ConitrackBackupBuilder scope(DumpScope scope) {
    this.scope = scope;
    return this;
  }

  /**
   * How new dumps are coded, in the order of application; by default gzip at level 1. Without
   * arguments they are stored plain.
   */
  public ConitrackBackupBuilder codecs(StreamCodec... codecs) {
    this.codecs = List.of(codecs);
    readable.addAll(Arrays.asList(codecs));
    return this;
  }

  /** Further codecs for reading old backups; gzip and those for new backups are known anyway. */
  public ConitrackBackupBuilder readableCodecs(StreamCodec... codecs) {
    readable.addAll(Arrays.asList(codecs));
    return this;
  }

  /** The time; by default the system's. */
  public ConitrackBackupBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** Who acts, for manifests and the register; by default the operating system's user. */
  public ConitrackBackupBuilder actor(String name) {
    this.actor = name;
    return this;
  }

  /** One more listener. */
  public ConitrackBackupBuilder listener(BackupListener listener) {
    listeners.add(listener);
    return this;
  }

  /** How long to wait for another runner on the same database; by default not at all. */
  public ConitrackBackupBuilder lockWait(Duration wait) {
    this.lockWait = wait;
    return this;
  }

  /** After how long without progress a storage is left behind; by default two minutes. */
  public ConitrackBackupBuilder stallLimit(Duration limit) {
    this.stallLimit = limit;
    return this;
  }

  /** How readings that break off are resumed; by default {@link ReadPatience#usual()}. */
  public ConitrackBackupBuilder readPatience(ReadPatience patience) {
    this.readPatience = patience;
    return this;
  }

  /**
   * Puts it together. Does no I/O.
   *
   * @throws ConfigurationException if something is missing or contradictory
   */
  public ConitrackBackup build() {
    List<PolicyProblem> problems = problems();
    Database given = database;
    if (given == null || !problems.isEmpty()) {
      throw new ConfigurationException("unable to put the backup together", problems);
    }
    return new ConitrackBackup(
        new Setup(
            lock == null ? given : new DatabaseUnderLock(given, lock),
            storages.stream().map(this::limited).toList(),
            new CodecChain(codecs),
            readable,
            policy,
            scope,
            clock,
            new Actor(actorName(), hostName(), Software.NAME_AND_VERSION),
            new Events(listeners),
            lockWait,
            stallLimit));
  }

  private BackupStorage limited(BackupStorage storage) {
    return new ResumingStorage(new TimeLimitedStorage(storage, stallLimit), readPatience);
  }

  private List<PolicyProblem> problems() {
    List<PolicyProblem> problems = new ArrayList<>();
    if (database == null) {
      problems.add(new PolicyProblem("database", "none is given", "call database(…)"));
    }
    if (storages.isEmpty()) {
      problems.add(new PolicyProblem("storages", "none is given", "call storage(…)"));
    }
    Set<String> names = new HashSet<>();
    storages.stream()
        .map(storage -> storage.info().name())
        .filter(name -> !names.add(name))
        .map(name -> new PolicyProblem("storages", "two are called '" + name + "'", "rename one"))
        .forEach(problems::add);
    if (!storages.isEmpty() && policy.copiesRequired() > storages.size()) {
      problems.add(
          new PolicyProblem(
              "copiesRequired",
              policy.copiesRequired() + " copies are required of " + storages.size() + " storages",
              "add a storage or require fewer copies"));
    }
    requireKnown("retention.storages", policy.retention().storages().keySet(), names, problems);
    requireKnown("copiesRequiredIn", policy.copiesRequiredIn(), names, problems);
    requireKnown("immutability.storages", policy.immutability().storages(), names, problems);
    return problems;
  }

  private static void requireKnown(
      String setting, Set<String> asked, Set<String> known, List<PolicyProblem> problems) {
    asked.stream()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                new PolicyProblem(
                    setting, "no storage is called '" + name + "'", "name one that is given"))
        .forEach(problems::add);
  }

  private String actorName() {
    return actor != null ? actor : System.getProperty("user.name", "unknown");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
