package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import java.util.List;
import java.util.Set;

/**
 * What is to become of one backup.
 *
 * @param entry the backup as the catalogue showed it
 * @param copies what is to become of it in each storage that may hold something of it, in the
 *     catalogue's order
 * @param unwanted names of storages that lack it and whose rules would not keep it there
 */
public record RetentionDecision(
    CatalogueEntry entry, List<CopyDecision> copies, Set<String> unwanted) {

  /** Whether a backup stays. */
  public enum Action {
    /** It stays. */
    KEEP,
    /** It goes from some storages and stays in others. */
    TRIM,
    /** It is to be deleted: nothing of it stays. */
    DELETE
  }

  public RetentionDecision {
    copies = List.copyOf(copies);
    unwanted = Set.copyOf(unwanted);
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("a decision about '" + entry.id() + "' without a storage");
    }
  }

  /** The same for every storage that may hold something of it. */
  public RetentionDecision(CatalogueEntry entry, Action action, List<String> reasons) {
    this(
        entry,
        entry.copies().stream()
            .filter(copy -> !copy.removed())
            .map(copy -> new CopyDecision(copy.storage(), action, reasons))
            .toList(),
        Set.of());
  }

  /** The backup's name. */
  public BackupId id() {
    return entry.id();
  }

  /** What becomes of the backup as a whole. */
  public Action action() {
    long deleted = copies.stream().filter(CopyDecision::isDeletion).count();
    return deleted == 0 ? Action.KEEP : deleted == copies.size() ? Action.DELETE : Action.TRIM;
  }

  /** Whether it is to be deleted, so that nothing of it stays. */
  public boolean isDeletion() {
    return action() == Action.DELETE;
  }

  /** Whether every storage gets the same decision for the same reasons. */
  public boolean isUniform() {
    CopyDecision first = copies.get(0);
    return copies.stream()
        .allMatch(c -> c.action() == first.action() && c.reasons().equals(first.reasons()));
  }

  /**
   * Why, one sentence or more. Where not every storage has the same, the storage stands before
   * each.
   */
  public List<String> reasons() {
    return isUniform()
        ? copies.get(0).reasons()
        : copies.stream()
            .flatMap(c -> c.reasons().stream().map(why -> c.storage() + ": " + why))
            .toList();
  }

  /** The storages that it is to be deleted from. */
  public List<String> deletedFrom() {
    return copies.stream().filter(CopyDecision::isDeletion).map(CopyDecision::storage).toList();
  }

  /**
   * Whether the rules of that storage keep the backup there, or would if it had a copy: so what
   * {@code replicate} may bring back.
   */
  public boolean keptIn(String storage) {
    return !unwanted.contains(storage)
        && copies.stream()
            .filter(copy -> copy.storage().equals(storage))
            .noneMatch(CopyDecision::isDeletion);
  }

  /** Whether a storage holds a copy of it that is to be deleted. */
  boolean deletes(CopyState copy) {
    return copy.present() && deletedFrom().contains(copy.storage());
  }
}
