package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.partial.InPlacePlan;
import com.conitrack.backup.core.port.TableChange;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What putting tables back in place would do. Of rows it shows keys, no other values.
 *
 * @param plan the plan
 * @param file where it was written, null if nowhere
 */
public record InPlacePlanView(InPlacePlan plan, @Nullable String file) implements View {
  @Override
  public void print(Page page) {
    page.heading("Plan for tables of " + Measures.time(plan.createdAt()));
    page.field("changed", "database '%s' on %s".formatted(plan.database(), plan.server()));
    page.field(
        "rows of",
        "backup '%s', %s old"
            .formatted(
                plan.source().backup(), Measures.age(plan.source().startedAt(), plan.createdAt())));
    page.field("why", plan.reason() == null ? "not said yet" : plan.reason());
    page.field(
        "approved by",
        plan.approvals().isEmpty() ? "nobody: not asked for" : String.join(", ", plan.approvals()));
    printChanges(page);
    list(page, "foreign keys, checked", plan.surroundings().foreignKeys());
    list(page, "triggers, not fired", plan.surroundings().triggers());
    list(page, "sequences, only forward", plan.surroundings().sequences());
    plan.remarks().forEach(remark -> page.wrapped("note: ", "  ", remark));
    if (!plan.obstacles().isEmpty()) {
      page.heading(page.style().bad(Measures.count(plan.obstacles().size(), "obstacle")));
      plan.obstacles().forEach(page::item);
    }
    page.field("plan digest", plan.digest().hex());
    if (file != null) {
      page.field("written to", file);
    }
  }

  private void printChanges(Page page) {
    if (plan.changes().isEmpty()) {
      return;
    }
    page.heading("What changes");
    page.table(changes(plan.changes()));
    for (TableChange each : plan.changes()) {
      keys(page, each, "added", each.added(), each.addedKeys());
      keys(page, each, "removed", each.removed(), each.removedKeys());
      keys(page, each, "altered", each.altered(), each.alteredKeys());
      if (each.key().isEmpty() && !each.nothing()) {
        page.wrapped(
            "  ", "    ", each.table() + " has no primary key: its rows are compared whole");
      }
    }
  }

  static List<List<String>> changes(List<TableChange> changes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("  table", "now", "backup", "added", "removed", "altered"));
    for (TableChange each : changes) {
      rows.add(
          List.of(
              "  " + each.table(),
              Long.toString(each.rowsNow()),
              Long.toString(each.rowsInBackup()),
              Long.toString(each.added()),
              Long.toString(each.removed()),
              Long.toString(each.altered())));
    }
    return rows;
  }

  private static void keys(
      Page page, TableChange change, String what, long count, List<String> keys) {
    if (!keys.isEmpty()) {
      String more = count > keys.size() ? " and " + (count - keys.size()) + " more" : "";
      String columns = String.join(", ", change.key());
      page.wrapped(
          "  ",
          "    ",
          "%s, %s: %s %s%s"
              .formatted(change.table(), what, columns, String.join(", ", keys), more));
    }
  }

  private static void list(Page page, String title, List<String> texts) {
    if (!texts.isEmpty()) {
      page.wrapped(title + ": ", "  ", String.join("; ", texts));
    }
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "restore-tables").put("result", "PLANNED").put("file", file);
    fill(document, plan);
  }

  static void fill(ObjectNode document, InPlacePlan plan) {
    try {
      document.set("plan", new ObjectMapper().readTree(plan.toJson()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
