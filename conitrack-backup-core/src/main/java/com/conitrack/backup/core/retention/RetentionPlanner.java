package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which backups may be deleted. A function of its arguments: no clock, no I/O.
 *
 * <p>Backups are ordered by the instant recorded when their run began, never by name. A backup is
 * kept if any rule of its trigger keeps it ({@link Retention}), and whatever the rules say:
 *
 * <ul>
 *   <li>if it is the newest good backup of the database;
 *   <li>if it is the newest that has passed a drill: the newest good one, and, should there be a
 *       newer one that is no longer good, that too;
 *   <li>if it is held;
 *   <li>if its trigger has no rules;
 *   <li>if it begins after the moment of decision: some clock was wrong, so its age is not known.
 *       It takes no other's place in any rule;
 *   <li>if it belongs to another database;
 *   <li>every one, if the catalogue could not be read whole or a problem in it forbids deletion:
 *       what could not be read may be what a rule counts on.
 * </ul>
 *
 * <p>Storages whose rules are the same are judged together; a backup may go from one storage and
 * stay in another ({@link Retention#storages()}). What is listed above holds in each of them, and
 *
 * <ul>
 *   <li>the newest good backup that has a proved copy in a storage stays there, so that none is
 *       emptied;
 *   <li>as long as the rules of any storage keep a backup, its last proved copy stays, wherever it
 *       is;
 *   <li>a copy that is known to be locked stays until the lock ends.
 * </ul>
 *
 * <p>Only good backups count in a rule, so no number of failed, degraded or damaged ones pushes a
 * good one out. One that is not good may still be mended (replicated, verified again). It is
 * deleted only if it would be even if it alone were mended, and only if no good backup of its
 * trigger as old or older is kept. The latter keeps more than the rules ask for: as long as a good
 * backup of some age is worth keeping, so is whatever was taken since, should that one turn out to
 * be damaged.
 */
public final class RetentionPlanner {
  /**
   * Newest first by recorded instants; equal ones by the runs' random ids, so that names decide
   * nothing but between entries that are otherwise the same.
   */
  static final Comparator<CatalogueEntry> NEWEST_FIRST =
      Comparator.comparing((CatalogueEntry e) -> e.manifest().startedAt())
          .thenComparing(e -> e.manifest().finishedAt())
          .thenComparing(e -> e.manifest().run())
          .thenComparing(CatalogueEntry::id)
          .reversed();

  private RetentionPlanner() {}

  /**
   * Decides on every backup in the catalogue.
   *
   * @param policy whose retention applies
   * @param catalogue what there is
   * @param database the database whose backups are up for decision
   * @param now the moment ages are counted from
   */
  public static RetentionPlan plan(
      BackupPolicy policy, Catalogue catalogue, String database, Instant now) {
    return plan(policy.retention(), policy.immutability(), catalogue, database, now);
  }

  private static RetentionPlan plan(
      Retention retention,
      Immutability immutability,
      Catalogue catalogue,
      String database,
      Instant now) {
    List<CatalogueEntry> entries = catalogue.entries().stream().sorted(NEWEST_FIRST).toList();
    StorageGroups groups = new StorageGroups(retention, immutability, of(database, entries), now);
    String blocked = blockedBy(catalogue);
    List<RetentionDecision> decisions =
        entries.stream()
            .map(e -> isOf(database, e) ? groups.decide(e) : keep(e, belongsElsewhere(e)))
            .map(decision -> blocked == null ? decision : keep(decision, blocked))
            .toList();
    return new RetentionPlan(database, retention, immutability, now, blocked, decisions);
  }

  /**
   * Why {@code plan} must not be executed any more, now that the catalogue is {@code fresh}; empty
   * if it may be. To be asked right before executing. What the plan deletes must still be what the
   * same rules at the same moment would delete, from the same manifests: so nothing newly held,
   * nothing that has become the newest good backup because a newer one was lost or damaged, and
   * nothing at all if the catalogue is no longer whole. What is gone already is no obstacle.
   */
  public static List<String> objections(RetentionPlan plan, Catalogue fresh) {
    RetentionPlan again =
        plan(plan.retention(), plan.immutability(), fresh, plan.database(), plan.createdAt());
    List<String> found = new ArrayList<>();
    Optional.ofNullable(plan.blocked()).ifPresent(found::add);
    Optional.ofNullable(again.blocked()).filter(b -> !found.contains(b)).ifPresent(found::add);
    Map<BackupId, RetentionDecision> decisions =
        again.decisions().stream()
            .collect(
                Collectors.toMap(
                    RetentionDecision::id, Function.identity(), RetentionPlanner::safer));
    for (RetentionDecision deletion : plan.deletions()) {
      objection(deletion, decisions.get(deletion.id())).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** Whether there are no {@link #objections}. */
  public static boolean stillSafe(RetentionPlan plan, Catalogue fresh) {
    return objections(plan, fresh).isEmpty();
  }

  private static Optional<String> objection(
      RetentionDecision deletion, @Nullable RetentionDecision now) {
    if (now == null) {
      return Optional.empty();
    } else if (!now.entry().manifestSha256().equals(deletion.entry().manifestSha256())) {
      return Optional.of(
          "'" + deletion.id() + "' is not the backup that was shown: its manifest is another");
    }
    List<CopyDecision> kept =
        now.copies().stream()
            .filter(copy -> !copy.isDeletion())
            .filter(copy -> deletion.deletedFrom().contains(copy.storage()))
            .toList();
    return kept.isEmpty() ? Optional.empty() : Optional.of(isKept(now, kept));
  }

  private static String isKept(RetentionDecision now, List<CopyDecision> kept) {
    String where =
        kept.size() == now.copies().size()
            ? ""
            : " in " + kept.stream().map(CopyDecision::storage).collect(Collectors.joining(", "));
    String reasons =
        kept.stream()
            .flatMap(copy -> copy.reasons().stream())
            .distinct()
            .collect(Collectors.joining("; "));
    return "'" + now.id() + "' is to be kept now" + where + ": " + reasons;
  }

  private static RetentionDecision safer(RetentionDecision one, RetentionDecision other) {
    return one.isDeletion() ? other : one;
  }

  private static @Nullable String blockedBy(Catalogue catalogue) {
    String problems =
        catalogue.problems().stream()
            .filter(p -> !catalogue.whole() || p.blocksDeletion())
            .map(RetentionPlanner::tell)
            .collect(Collectors.joining("; "));
    if (!catalogue.whole()) {
      return "nothing may be deleted while the catalogue cannot be read whole"
          + (problems.isEmpty() ? "" : ": " + problems);
    }
    return problems.isEmpty() ? null : "nothing may be deleted before this is mended: " + problems;
  }

  private static String tell(Catalogue.Problem problem) {
    String where = problem.key() == null ? "" : " '" + problem.key() + "'";
    return "storage '" + problem.storage() + "'" + where + ": " + problem.description();
  }

  private static List<CatalogueEntry> of(String database, List<CatalogueEntry> entries) {
    return entries.stream().filter(e -> isOf(database, e)).toList();
  }

  private static boolean isOf(String database, CatalogueEntry entry) {
    return entry.manifest().database().name().equals(database);
  }

  private static String belongsElsewhere(CatalogueEntry entry) {
    return "it belongs to database '" + entry.manifest().database().name() + "'";
  }

  /** What cannot be judged is neither deleted nor brought back from where it was deleted. */
  private static RetentionDecision keep(CatalogueEntry entry, String reason) {
    Set<String> removed =
        entry.copies().stream()
            .filter(CopyState::removed)
            .map(CopyState::storage)
            .collect(Collectors.toSet());
    return new RetentionDecision(entry, kept(entry, reason), removed);
  }

  private static RetentionDecision keep(RetentionDecision decision, String reason) {
    return new RetentionDecision(
        decision.entry(), kept(decision.entry(), reason), decision.unwanted());
  }

  private static List<CopyDecision> kept(CatalogueEntry entry, String reason) {
    return new RetentionDecision(entry, Action.KEEP, List.of(reason)).copies();
  }
}
