package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision for every backup of a catalogue, made at one moment; made by {@link RetentionPlanner}.
 *
 * @param database the database whose backups were up for decision
 * @param retention the rules it was made by
 * @param immutability what storages were asked to protect then
 * @param createdAt the moment it was made for
 * @param blocked why nothing may be deleted at present, null if something may
 * @param decisions one for every backup in the catalogue, newest first
 */
public record RetentionPlan(
    String database,
    Retention retention,
    Immutability immutability,
    Instant createdAt,
    @Nullable String blocked,
    List<RetentionDecision> decisions) {

  public RetentionPlan {
    decisions = List.copyOf(decisions);
    if (blocked != null && decisions.stream().anyMatch(RetentionPlan::deletesAnything)) {
      throw new IllegalArgumentException("a blocked plan that deletes");
    }
  }

  /**
   * What is to be deleted, from all storages or some, oldest first: an interrupted execution leaves
   * the newer ones.
   */
  public List<RetentionDecision> deletions() {
    List<RetentionDecision> newestFirst =
        decisions.stream().filter(RetentionPlan::deletesAnything).toList();
    return newestFirst.stream()
        .sorted((a, b) -> RetentionPlanner.NEWEST_FIRST.compare(b.entry(), a.entry()))
        .toList();
  }

  private static boolean deletesAnything(RetentionDecision decision) {
    return decision.action() != Action.KEEP;
  }

  /** How many stored bytes a storage gets back that all these backups are deleted from. */
  public long bytesFreed() {
    return deletions().stream().mapToLong(RetentionPlan::storedBytes).sum();
  }

  /** How many stored bytes a storage gets back. */
  public long bytesFreedIn(String storage) {
    return deletions().stream()
        .filter(d -> d.entry().copies().stream().anyMatch(c -> isDeleted(d, c, storage)))
        .mapToLong(RetentionPlan::storedBytes)
        .sum();
  }

  private static boolean isDeleted(RetentionDecision decision, CopyState copy, String storage) {
    return copy.storage().equals(storage) && decision.deletes(copy);
  }

  private static long storedBytes(RetentionDecision decision) {
    return decision.entry().manifest().dump().stored().bytes();
  }

  /** The decision about one backup; empty if the catalogue did not hold it. */
  public Optional<RetentionDecision> decision(BackupId id) {
    return decisions.stream().filter(d -> d.id().equals(id)).findFirst();
  }

  /**
   * SHA-256 of all decisions with their reasons, by which the plan that is executed is known to be
   * the one that was shown. The moment it was made for is not in it: made a little later from the
   * same catalogue, the plan is the same unless a decision or its reason is another.
   *
   * <p>The text digested: database, the word {@code blocked} or {@code open}, what blocks or
   * nothing, then for each decision the backup's name, its manifest's digest, the number of
   * storages, and for each of these its name, the action, the number of reasons and the reasons;
   * each as its length in UTF-8 bytes, a colon, itself and a comma (a netstring), so that no two
   * plans share a text.
   */
  public Sha256 digest() {
    MessageDigest digest = Sha256.newDigest();
    add(digest, database);
    add(digest, blocked == null ? "open" : "blocked");
    add(digest, blocked == null ? "" : blocked);
    for (RetentionDecision decision : decisions) {
      add(digest, decision.id().value());
      add(digest, decision.entry().manifestSha256().hex());
      add(digest, Integer.toString(decision.copies().size()));
      decision.copies().forEach(copy -> add(digest, copy));
    }
    return Sha256.from(digest);
  }

  private static void add(MessageDigest digest, CopyDecision copy) {
    add(digest, copy.storage());
    add(digest, copy.action().name());
    add(digest, Integer.toString(copy.reasons().size()));
    copy.reasons().forEach(reason -> add(digest, reason));
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    digest.update((byte) ',');
  }
}
