package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.replicate.ReplicationOutcome;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Failed;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Made;
import com.conitrack.backup.core.replicate.ReplicationPlan;
import com.conitrack.backup.core.replicate.ReplicationPlan.Obstacle;
import com.conitrack.backup.core.replicate.ReplicationTask;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Which copies are wanting, and what became of them.
 *
 * @param plan what was wanting
 * @param outcome what became of it, null if nothing was done
 */
public record ReplicationView(ReplicationPlan plan, @Nullable ReplicationOutcome outcome)
    implements View {

  @Override
  public void print(Page page) {
    if (plan.nothingWanting()) {
      page.line("Every copy that should be there is there and proved.");
      return;
    }
    if (outcome == null) {
      printTasks(page);
    } else {
      outcome.made().forEach(made -> print(page, made));
      outcome.failed().forEach(failed -> print(page, failed));
    }
    plan.obstacles().forEach(obstacle -> print(page, obstacle));
    page.line(summary());
  }

  private void printTasks(Page page) {
    for (ReplicationTask task : plan.tasks()) {
      String from = task.sources().isEmpty() ? "" : "; source: " + task.sources().get(0);
      page.wrapped(
          page.style().doubtful("wanting ") + " ",
          "         ",
          task.id()
              + " in "
              + task.storage()
              + ": "
              + Measures.word(task.reason())
              + ", "
              + task.detail()
              + from);
    }
  }

  private static void print(Page page, Made made) {
    String how =
        switch (made.action()) {
          case COPIED -> "copied from " + made.source() + ", read back and proved";
          case COMPLETED -> "proved where it was, manifest written beside it";
          case PROVED -> "proved as it was";
        };
    page.line(
        page.style().good("good     ") + made.backup() + " in " + made.storage() + ": " + how);
  }

  private static void print(Page page, Failed failed) {
    page.wrapped(
        page.style().bad("FAILED   "),
        "         ",
        failed.backup() + " in " + failed.storage() + ": " + failed.reason());
  }

  private static void print(Page page, Obstacle obstacle) {
    BackupId backup = obstacle.backup();
    page.wrapped(
        page.style().bad("obstacle "),
        "         ",
        (backup == null ? "everything" : backup.value())
            + " in "
            + obstacle.storage()
            + ": "
            + obstacle.why());
  }

  private String summary() {
    int wanting = plan.tasks().size() + plan.obstacles().size();
    return outcome == null
        ? "wanting: " + wanting + ", to copy: " + Measures.bytes(plan.bytesToCopy())
        : "made good: "
            + outcome.made().size()
            + ", still wanting: "
            + (outcome.failed().size() + plan.obstacles().size());
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "replicate")
        .put("executed", outcome != null)
        .put("database", plan.database())
        .put("bytesToCopy", plan.bytesToCopy());
    ArrayNode tasks = document.putArray("tasks");
    for (ReplicationTask task : plan.tasks()) {
      ObjectNode node =
          tasks
              .addObject()
              .put("id", task.id().value())
              .put("storage", task.storage())
              .put("reason", task.reason().name())
              .put("detail", task.detail());
      Json.fillTexts(node.putArray("sources"), task.sources());
    }
    ArrayNode obstacles = document.putArray("obstacles");
    for (Obstacle obstacle : plan.obstacles()) {
      BackupId backup = obstacle.backup();
      obstacles
          .addObject()
          .put("id", backup == null ? null : backup.value())
          .put("storage", obstacle.storage())
          .put("kind", obstacle.kind().name())
          .put("why", obstacle.why());
    }
    if (outcome != null) {
      fill(document, outcome);
    }
  }

  private static void fill(ObjectNode document, ReplicationOutcome outcome) {
    ArrayNode made = document.putArray("made");
    for (Made copy : outcome.made()) {
      made.addObject()
          .put("id", copy.backup().value())
          .put("storage", copy.storage())
          .put("action", copy.action().name())
          .put("source", copy.source());
    }
    ArrayNode failed = document.putArray("failed");
    for (Failed copy : outcome.failed()) {
      failed
          .addObject()
          .put("id", copy.backup().value())
          .put("storage", copy.storage())
          .put("kind", copy.kind().name())
          .put("reason", copy.reason());
    }
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
