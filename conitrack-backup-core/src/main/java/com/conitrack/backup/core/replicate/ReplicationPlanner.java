package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.replicate.ReplicationPlan.Obstacle;
import com.conitrack.backup.core.replicate.ReplicationTask.Reason;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which copies are to be made up. Does no I/O. A backup belongs in every storage but for
 *
 * <ul>
 *   <li>those whose retention would not keep it there: what was pruned, or is about to be, does not
 *       come back;
 *   <li>one whose deletion was planned and has not ended, unless it is held: the next execution of
 *       retention decides about it.
 * </ul>
 */
final class ReplicationPlanner {
  private final Catalogue catalogue;
  private final Map<String, StorageContents> contents;
  private final Map<BackupId, RetentionDecision> decisions;
  private final Set<String> runsBeingDeleted = new HashSet<>();
  private final Map<String, String> manifestDigests = new HashMap<>();
  private final Set<String> alteredManifests;
  private final List<ReplicationTask> tasks = new ArrayList<>();
  private final List<Obstacle> obstacles = new ArrayList<>();

  ReplicationPlanner(
      Catalogue catalogue,
      List<StorageContents> contents,
      RetentionPlan retention,
      List<RegisterEntry> register) {
    this.catalogue = catalogue;
    this.contents =
        contents.stream().collect(Collectors.toMap(StorageContents::storage, Function.identity()));
    this.decisions =
        retention.decisions().stream()
            .collect(Collectors.toMap(RetentionDecision::id, Function.identity(), (a, b) -> a));
    this.alteredManifests =
        catalogue.problems().stream()
            .filter(Catalogue.Problem::blocksDeletion)
            .map(problem -> place(problem.storage(), String.valueOf(problem.key())))
            .collect(Collectors.toSet());
    register.forEach(this::read);
  }

  private void read(RegisterEntry entry) {
    String run = entry.details().get(RegisterDetails.RUN);
    String digest = entry.details().get(RegisterDetails.MANIFEST_SHA256);
    if (run == null) {
      return;
    }
    if (entry.event() == RegisterEvent.DELETION_PLANNED) {
      runsBeingDeleted.add(run);
    } else if (entry.event() == RegisterEvent.DELETION) {
      runsBeingDeleted.remove(run);
    } else if (entry.event() == RegisterEvent.BACKUP && digest != null) {
      manifestDigests.put(run, digest);
    }
  }

  /**
   * @param wanted which backups of the database are to be looked at
   */
  ReplicationPlan plan(String database, Predicate<BackupId> wanted, Instant now) {
    contents.values().stream()
        .filter(storage -> !storage.listed())
        .forEach(
            storage ->
                obstacles.add(
                    new Obstacle(
                        null,
                        storage.storage(),
                        Objects.requireNonNull(storage.failure()).kind(),
                        String.valueOf(storage.failure().getMessage()))));
    catalogue.entries().stream()
        .filter(entry -> entry.manifest().database().name().equals(database))
        .filter(entry -> wanted.test(entry.id()))
        .filter(entry -> entry.held() || !runsBeingDeleted.contains(entry.manifest().run()))
        .forEach(this::plan);
    return new ReplicationPlan(database, now, tasks, obstacles);
  }

  private void plan(CatalogueEntry entry) {
    for (CopyState copy : entry.copies()) {
      StorageContents there = contents.get(copy.storage());
      if (there != null && there.listed() && belongsThere(entry, copy)) {
        plan(entry, copy, there);
      }
    }
  }

  private boolean belongsThere(CatalogueEntry entry, CopyState copy) {
    RetentionDecision decision = decisions.get(entry.id());
    return decision == null || decision.keptIn(copy.storage());
  }

  private void plan(CatalogueEntry entry, CopyState copy, StorageContents there) {
    Manifest manifest = entry.manifest();
    Long bytes = there.bytesByKey().get(manifest.dump().key());
    long recorded = manifest.dump().stored().bytes();
    if (bytes == null) {
      String problem = copy.problem();
      add(entry, copy, Reason.MISSING, problem == null ? "there is no dump" : problem);
    } else if (bytes != recorded) {
      add(entry, copy, Reason.DAMAGED, "it has " + bytes + " bytes instead of " + recorded);
    } else if (!there.holds(manifest.key())) {
      add(entry, copy, Reason.MANIFEST_MISSING, "the dump lies there without its manifest");
    } else if (alteredManifests.contains(place(copy.storage(), manifest.key()))) {
      add(entry, copy, Reason.MANIFEST_ALTERED, "its manifest is not the one recorded");
    } else if (!copy.proved()) {
      String problem = copy.problem();
      add(
          entry,
          copy,
          problem == null ? Reason.UNPROVED : Reason.DAMAGED,
          problem == null ? "it has never been proved" : problem);
    }
  }

  private void add(CatalogueEntry entry, CopyState copy, Reason reason, String detail) {
    List<String> sources = sources(entry, copy.storage());
    if (sources.isEmpty() && reason != Reason.UNPROVED) {
      obstacle(
          entry,
          copy,
          detail
              + "; no other storage in reach holds a proved copy: verify the backup, and look"
              + " for a copy of it elsewhere");
    } else if (reason == Reason.MANIFEST_ALTERED && !isRecorded(entry)) {
      obstacle(
          entry,
          copy,
          "storages hold different manifests, and the register does not say which is right:"
              + " compare them, and remove the wrong one");
    } else {
      tasks.add(new ReplicationTask(entry, copy.storage(), reason, detail, sources));
    }
  }

  private List<String> sources(CatalogueEntry entry, String target) {
    return entry.copies().stream()
        .filter(CopyState::proved)
        .map(CopyState::storage)
        .filter(name -> !name.equals(target) && isListed(contents.get(name)))
        .toList();
  }

  private static boolean isListed(@Nullable StorageContents storage) {
    return storage != null && storage.listed();
  }

  private boolean isRecorded(CatalogueEntry entry) {
    return entry.manifestSha256().hex().equals(manifestDigests.get(entry.manifest().run()));
  }

  private void obstacle(CatalogueEntry entry, CopyState copy, String why) {
    obstacles.add(new Obstacle(entry.id(), copy.storage(), ErrorKind.DAMAGED, why));
  }

  private static String place(String storage, String key) {
    return storage + ":" + key;
  }
}
