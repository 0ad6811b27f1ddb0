package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.StreamCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The configured parts that use cases work with.
 *
 * @param database the database that is backed up
 * @param storages where copies go, at least one; the order is the order of preference for reading
 * @param chain codings of new backups
 * @param codecs codings at hand for reading old ones
 * @param policy what is asked of the backups
 * @param scope which part of the database is dumped
 * @param clock the time
 * @param actor who acts
 * @param events the way to the listeners
 * @param lockWait how long to wait for another runner to finish
 * @param stallLimit after how long without progress a storage is left behind
 */
public record Setup(
    Database database,
    List<BackupStorage> storages,
    CodecChain chain,
    List<StreamCodec> codecs,
    BackupPolicy policy,
    DumpScope scope,
    Clock clock,
    Actor actor,
    Events events,
    Duration lockWait,
    Duration stallLimit) {
  public Setup {
    storages = List.copyOf(storages);
    codecs = List.copyOf(codecs);
  }

  /** The same with another patience for other runners. */
  public Setup withLockWait(Duration wait) {
    return new Setup(
        database, storages, chain, codecs, policy, scope, clock, actor, events, wait, stallLimit);
  }

  /** The storage of that name; null if there is none. */
  public @Nullable BackupStorage storage(String name) {
    return storages.stream().filter(s -> s.info().name().equals(name)).findFirst().orElse(null);
  }

  /** A register entry about something that happens now. */
  public RegisterEntry entry(
      RegisterEvent event,
      String outcome,
      @Nullable BackupId backup,
      @Nullable String storage,
      Map<String, String> details) {
    return new RegisterEntry(
        UUID.randomUUID().toString(),
        clock.instant(),
        event,
        outcome,
        actor,
        backup,
        storage,
        new TreeMap<>(details));
  }

  /** Who asks for the lock, in words for those who are refused meanwhile. */
  public String holder(String what) {
    return what
        + " by "
        + actor.name()
        + " on "
        + actor.host()
        + ", pid "
        + ProcessHandle.current().pid();
  }
}
