package com.conitrack.backup.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backup in the catalogue.
 *
 * @param manifest what was known when it was taken
 * @param manifestSha256 digest of the manifest's bytes
 * @param copies its copies in the storages configured now, in their order
 * @param hold why retention must not delete it, null if it may
 */
public record CatalogueEntry(
    Manifest manifest, Sha256 manifestSha256, List<CopyState> copies, @Nullable String hold) {
  public CatalogueEntry {
    copies = List.copyOf(copies);
  }

  /** The backup's name. */
  public BackupId id() {
    return manifest.id();
  }

  /** How many copies are there and proved. */
  public int provedCopies() {
    return (int) copies.stream().filter(CopyState::proved).count();
  }

  /** The strongest level that any copy has been proved to. */
  public VerificationLevel level() {
    return copies.stream()
        .filter(CopyState::present)
        .map(CopyState::level)
        .max(VerificationLevel::compareTo)
        .orElse(VerificationLevel.NONE);
  }

  /**
   * Whether it is good: as many proved copies as its policy required, one in each storage it named,
   * and every rule met. A copy that retention deleted from a storage counts for what it had been
   * proved to, as long as another one is there and proved: that some storages keep backups for a
   * shorter time makes none incomplete.
   */
  public boolean good() {
    int proved = provedCopies();
    return proved >= 1
        && proved + removedProved() >= manifest.copiesRequired()
        && storagesLacking().isEmpty()
        && manifest.rules().stream().allMatch(RuleResult::met);
  }

  /** Storages that its policy named and that have no proved copy, nor had one that was removed. */
  public List<String> storagesLacking() {
    return manifest.storagesRequired().stream()
        .filter(
            name ->
                copies.stream()
                    .filter(copy -> copy.storage().equals(name))
                    .noneMatch(copy -> copy.proved() || wasProved(copy)))
        .toList();
  }

  private int removedProved() {
    return (int) copies.stream().filter(CatalogueEntry::wasProved).count();
  }

  private static boolean wasProved(CopyState copy) {
    CopyState.Removal removal = copy.removal();
    return removal != null && removal.level().atLeast(VerificationLevel.STORED);
  }

  /** Whether someone asked that it be kept. */
  public boolean held() {
    return hold != null;
  }
}
