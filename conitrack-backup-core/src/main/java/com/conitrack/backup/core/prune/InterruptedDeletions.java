package com.conitrack.backup.core.prune;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.prune.BackupDeletion.Result;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletions that were recorded as planned and, for all the register knows, never ended. */
final class InterruptedDeletions {
  private final Setup setup;
  private final Register register;
  private final Catalogue catalogue;
  private final List<String> told = new ArrayList<>();

  /**
   * @param catalogue a whole one
   */
  InterruptedDeletions(Setup setup, Register register, Catalogue catalogue) {
    this.setup = setup;
    this.register = register;
    this.catalogue = catalogue;
  }

  /**
   * Finishes those that were begun: only where a copy has lost its dump already, or nothing is left
   * at all; the rest is for a new plan to decide. Tells what was done.
   */
  List<String> finish() {
    Map<String, Open> open = new LinkedHashMap<>();
    for (RegisterEntry entry : register.entries()) {
      String run = entry.details().getOrDefault(RegisterDetails.RUN, "");
      if (entry.event() == RegisterEvent.DELETION_PLANNED) {
        open.put(run, new Open(entry, storages(entry)));
      } else if (entry.event() == RegisterEvent.DELETION
          && entry.outcome().equals("DELETED")
          && open.containsKey(run)) {
        open.computeIfPresent(run, (r, before) -> before.without(entry.storage()));
      }
    }
    open.values().forEach(this::finish);
    return told;
  }

  private record Open(RegisterEntry planned, List<String> storages) {
    Open without(@Nullable String storage) {
      return new Open(
          planned,
          storage == null
              ? List.of()
              : storages.stream().filter(name -> !name.equals(storage)).toList());
    }
  }

  private List<String> storages(RegisterEntry planned) {
    String some = planned.details().get(RegisterDetails.STORAGES);
    return some == null
        ? setup.storages().stream().map(BackupStorage::info).map(i -> i.name()).toList()
        : Stream.of(some.split(",", -1)).filter(name -> !name.isBlank()).toList();
  }

  private void finish(Open open) {
    BackupId id = open.planned.backup();
    if (id == null || open.storages.isEmpty()) {
      return;
    }
    String run = open.planned.details().getOrDefault(RegisterDetails.RUN, "");
    Optional<CatalogueEntry> found =
        catalogue.find(id).filter(entry -> entry.manifest().run().equals(run));
    List<String> begun =
        found.isEmpty()
            ? open.storages
            : open.storages.stream().filter(name -> isBegun(found.get(), name)).toList();
    if (begun.isEmpty() || found.filter(CatalogueEntry::held).isPresent()) {
      return;
    }
    boolean whole = found.isEmpty() || nothingElsewhere(found.get(), begun);
    Result result =
        new BackupDeletion(setup, register).delete(id, begun, open.planned.details(), whole);
    if (!result.complete()) {
      told.add(
          "the deletion of '"
              + id
              + "' is still not finished: "
              + String.join("; ", result.refusals()));
    } else if (whole || !result.deletedFrom().isEmpty()) {
      told.add("finished the deletion of '" + id + "' that had been interrupted");
    }
  }

  private static boolean isBegun(CatalogueEntry entry, String storage) {
    return entry.copies().stream()
        .anyMatch(c -> c.storage().equals(storage) && !c.present() && !c.removed());
  }

  private static boolean nothingElsewhere(CatalogueEntry entry, List<String> storages) {
    return entry.copies().stream()
        .filter(copy -> !storages.contains(copy.storage()))
        .allMatch(CopyState::removed);
  }
}
