package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.production.Prerequisite;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.TableLoss;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would do.
 *
 * @param plan the plan
 * @param file where it was written, null if nowhere
 */
public record PlanView(RestorePlan plan, @Nullable String file) implements View {
  @Override
  public void print(Page page) {
    page.heading("Restore plan of " + Measures.time(plan.createdAt()));
    printSides(page);
    printLoss(page);
    printEstimate(page);
    page.heading("Checklist");
    for (Prerequisite each : plan.prerequisites()) {
      String start = "  " + state(page, each.state()) + "  ";
      page.wrapped(start, "            ", Measures.word(each.name()) + ": " + each.detail());
    }
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

  private void printSides(Page page) {
    var target = plan.target();
    page.field(
        "replaced",
        "database '%s' on %s, %s in %s, %s"
            .formatted(
                target.database(),
                target.server(),
                Measures.count(target.rows(), "row"),
                Measures.count(target.tables(), "table"),
                Measures.bytes(target.bytes())));
    var source = plan.source();
    page.field(
        "by",
        "backup '%s', %s in %s, %s old"
            .formatted(
                source.backup(),
                Measures.count(source.rows(), "row"),
                Measures.count(source.tables(), "table"),
                Measures.age(source.startedAt(), plan.createdAt())));
    page.field(
        "from",
        source.storage() == null
            ? page.style().bad("no proved copy")
            : "storage '%s', level %s".formatted(source.storage(), Measures.word(source.level())));
    page.field("how", Measures.word(plan.strategy()) + ": " + plan.strategyReason());
    if (!plan.without().isEmpty()) {
      page.field(
          "LEFT OUT",
          String.join(", ", plan.without().stream().map(LeaveOut::word).toList())
              + ": neither loaded nor compared");
    }
    page.field("why", plan.reason() == null ? "not said yet" : plan.reason());
  }

  private void printLoss(Page page) {
    var loss = plan.loss();
    page.heading("What changes");
    if (loss.tables().isEmpty()) {
      page.line("  no row of any table");
    } else {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("  table", "now", "backup", "lost", "come back", ""));
      loss.tables().forEach(table -> rows.add(row(table)));
      page.table(rows);
    }
    page.line(
        "  "
            + Measures.count(loss.tablesEqual(), "table")
            + " the same; lost is what was written since "
            + Measures.time(loss.from()));
    loss.others().forEach(other -> page.item("also differs: " + other));
  }

  private static List<String> row(TableLoss table) {
    return List.of(
        "  " + table.table(),
        Long.toString(table.rowsNow()),
        Long.toString(table.rowsInBackup()),
        counted(table.onlyNow()),
        counted(table.onlyInBackup()),
        table.audit() ? "audit: saved first" : "");
  }

  private static String counted(@Nullable Long rows) {
    return rows == null ? "differs" : rows.toString();
  }

  private void printEstimate(Page page) {
    var estimate = plan.estimate();
    Duration expected = estimate.expected();
    page.field(
        "takes about",
        expected == null
            ? "not known: " + estimate.basis()
            : Measures.duration(expected) + ": " + estimate.basis());
    page.field(
        "RTO",
        Measures.setting(estimate.rto())
            + (expected == null ? "" : estimate.withinRto() ? ": in time" : ": NOT in time"));
  }

  private static String state(Page page, Prerequisite.State state) {
    return switch (state) {
      case MET -> page.style().good("met     ");
      case OPEN -> page.style().bad("open    ");
      case AT_RUN -> "at run  ";
      case UNKNOWN -> "look    ";
      case OPTIONAL -> "optional";
    };
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "restore plan").put("file", file);
    try {
      document.set("plan", new ObjectMapper().readTree(plan.toJson()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
