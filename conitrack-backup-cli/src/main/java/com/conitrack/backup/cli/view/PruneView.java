package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.retention.RetentionDecision;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What retention would delete, and what it did delete.
 *
 * @param plan the plan
 * @param outcome what became of it, null if it was not executed
 */
public record PruneView(RetentionPlan plan, @Nullable PruneOutcome outcome) implements View {

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
    for (RetentionDecision decision : plan.decisions()) {
      String action =
          decision.isDeletion() ? page.style().bad("delete") : page.style().good("keep  ");
      page.wrapped(
          action + "  ", "        ", decision.id() + ": " + String.join("; ", decision.reasons()));
    }
    if (plan.blocked() != null) {
      page.wrapped(page.style().bad("blocked "), "        ", plan.blocked());
    }
    List<RetentionDecision> deletions = plan.deletions();
    page.line(
        "to delete: "
            + deletions.size()
            + " of "
            + Measures.count(plan.decisions().size(), "backup")
            + ", "
            + Measures.bytes(plan.bytesFreed())
            + " in each storage");
  }

  /** What was done alone. */
  public static void printOutcome(Page page, PruneOutcome outcome) {
    for (BackupId id : outcome.deleted()) {
      page.line("deleted " + id);
    }
    outcome
        .refused()
        .forEach((id, why) -> page.wrapped(page.style().bad("REFUSED "), "  ", id + ": " + why));
    page.line("deleted: " + outcome.deleted().size() + ", refused: " + outcome.refused().size());
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
    }
    if (outcome != null) {
      fillOutcome(document, outcome);
    }
  }

  private static void fillOutcome(ObjectNode document, PruneOutcome outcome) {
    ArrayNode deleted = document.putArray("deleted");
    outcome.deleted().forEach(id -> deleted.add(id.value()));
    ObjectNode refused = document.putObject("refused");
    outcome.refused().forEach((id, why) -> refused.put(id.value(), why));
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
