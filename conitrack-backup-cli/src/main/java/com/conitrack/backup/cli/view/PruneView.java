package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.retention.CopyDecision;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What retention would delete, and what it did delete.
 *
 * @param plan the plan
 * @param outcome what became of it, null if it was not executed
 */
public record PruneView(RetentionPlan plan, @Nullable PruneOutcome outcome) implements View {
  private static final String INDENT = "        ";

  @Override
  public void print(Page page) {
    printPlan(page);
    if (outcome != null) {
      printOutcome(page, outcome);
    }
  }

  /** The plan alone, with every reason. */
  public void printPlan(Page page) {
    page.line(
        "Retention of database '" + plan.database() + "' at " + Measures.time(plan.createdAt()));
    plan.decisions().forEach(decision -> printDecision(page, decision));
    if (plan.blocked() != null) {
      page.wrapped(page.style().bad("blocked "), "        ", plan.blocked());
    }
    List<RetentionDecision> deletions = plan.deletions();
    page.line(
        "to delete: "
            + deletions.size()
            + " of "
            + Measures.count(plan.decisions().size(), "backup")
            + freed());
  }

  /** What each storage gets back, in one figure where it is the same for all. */
  private String freed() {
    Map<String, Long> freed = new LinkedHashMap<>();
    for (RetentionDecision decision : plan.deletions()) {
      decision.deletedFrom().forEach(s -> freed.computeIfAbsent(s, plan::bytesFreedIn));
    }
    if (freed.isEmpty()) {
      return "";
    }
    Set<Long> figures = Set.copyOf(freed.values());
    return figures.size() == 1 && plan.deletions().stream().allMatch(d -> d.isUniform())
        ? ", " + Measures.bytes(figures.iterator().next()) + " in each storage"
        : freed.entrySet().stream()
            .map(storage -> ", " + Measures.bytes(storage.getValue()) + " in " + storage.getKey())
            .collect(Collectors.joining());
  }

  private static void printDecision(Page page, RetentionDecision decision) {
    String action = action(page, decision.action()) + "  ";
    if (decision.isUniform()) {
      page.wrapped(action, INDENT, decision.id() + ": " + String.join("; ", decision.reasons()));
      return;
    }
    page.wrapped(action, INDENT, decision.id() + ":");
    for (CopyDecision copy : decision.copies()) {
      page.wrapped(
          INDENT + action(page, copy.action()) + "  ",
          INDENT + INDENT,
          "in " + copy.storage() + ": " + String.join("; ", copy.reasons()));
    }
  }

  private static String action(Page page, Action action) {
    return switch (action) {
      case KEEP -> page.style().good("keep  ");
      case TRIM -> page.style().doubtful("trim  ");
      case DELETE -> page.style().bad("delete");
    };
  }

  /** What was done alone. */
  public static void printOutcome(Page page, PruneOutcome outcome) {
    for (BackupId id : outcome.deleted()) {
      page.line("deleted " + id);
    }
    outcome
        .trimmed()
        .forEach((id, from) -> page.line("deleted " + id + " from " + String.join(", ", from)));
    outcome
        .refused()
        .forEach((id, why) -> page.wrapped(page.style().bad("REFUSED "), "  ", id + ": " + why));
    String trimmed =
        outcome.trimmed().isEmpty() ? "" : ", from some storages: " + outcome.trimmed().size();
    page.line(
        "deleted: "
            + outcome.deleted().size()
            + trimmed
            + ", refused: "
            + outcome.refused().size());
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "prune")
        .put("executed", outcome != null)
        .put("database", plan.database())
        .put("planDigest", plan.digest().hex())
        .put("blocked", plan.blocked())
        .put("bytesFreed", plan.bytesFreed());
    ArrayNode decisions = document.putArray("decisions");
    for (RetentionDecision decision : plan.decisions()) {
      ObjectNode node =
          decisions
              .addObject()
              .put("id", decision.id().value())
              .put("action", decision.action().name());
      Json.fillTexts(node.putArray("reasons"), decision.reasons());
      ArrayNode copies = node.putArray("copies");
      for (CopyDecision copy : decision.copies()) {
        ObjectNode one =
            copies.addObject().put("storage", copy.storage()).put("action", copy.action().name());
        Json.fillTexts(one.putArray("reasons"), copy.reasons());
      }
    }
    if (outcome != null) {
      fillOutcome(document, outcome);
    }
  }

  private static void fillOutcome(ObjectNode document, PruneOutcome outcome) {
    ArrayNode deleted = document.putArray("deleted");
    outcome.deleted().forEach(id -> deleted.add(id.value()));
    ObjectNode trimmed = document.putObject("trimmed");
    outcome.trimmed().forEach((id, from) -> Json.fillTexts(trimmed.putArray(id.value()), from));
    ObjectNode refused = document.putObject("refused");
    outcome.refused().forEach((id, why) -> refused.put(id.value(), why));
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
