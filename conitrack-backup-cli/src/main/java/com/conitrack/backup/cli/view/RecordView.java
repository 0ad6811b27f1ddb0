package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.register.RegisterDetails;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The written record of a restore, for the views that show one. */
final class RecordView {
  private RecordView() {}

  static void print(Page page, RestoreRecord record) {
    page.field("restore", record.id());
    page.field("backup", record.backup().value());
    page.field("database", record.database());
    page.field("begun", Measures.time(record.begunAt()) + " by " + record.executor());
    page.field("state", Measures.word(record.state()) + detail(record));
    field(page, "reason", record.fact(RegisterDetails.REASON));
    field(page, "safety backup", record.fact(RegisterDetails.SAFETY_BACKUP));
    field(page, "audit annex", record.fact(RegisterDetails.ANNEX));
    field(page, "LEFT OUT", record.fact(RegisterDetails.LEFT_OUT));
    String from = record.fact(RegisterDetails.LOST_FROM);
    if (from != null) {
      String to = record.facts().getOrDefault(RegisterDetails.LOST_TO, "?");
      page.field("lost window", from + " to " + to);
    }
    if (record.leftBeside() != null) {
      page.field("left beside", record.leftBeside());
    }
    for (RestoreRecord.Step step : record.steps()) {
      page.wrapped(
          "  " + Measures.time(step.endedAt()) + "  ",
          "    ",
          step.name() + " (" + Measures.duration(step.took()) + "): " + step.detail());
    }
  }

  private static String detail(RestoreRecord record) {
    String detail = record.fact(RegisterDetails.DETAIL);
    return detail == null ? "" : ": " + detail;
  }

  private static void field(Page page, String name, @Nullable String value) {
    if (value != null) {
      page.field(name, value);
    }
  }

  static void fill(ObjectNode node, RestoreRecord record) {
    node.put("id", record.id())
        .put("backup", record.backup().value())
        .put("database", record.database())
        .put("begunAt", record.begunAt().toString())
        .put("executor", record.executor())
        .put("state", record.state().name())
        .put("leftBeside", record.leftBeside());
    ArrayNode steps = node.putArray("steps");
    for (RestoreRecord.Step step : record.steps()) {
      steps
          .addObject()
          .put("name", step.name())
          .put("endedAt", step.endedAt().toString())
          .put("tookMillis", step.took().toMillis())
          .put("detail", step.detail());
    }
    ObjectNode facts = node.putObject("facts");
    record.facts().forEach(facts::put);
  }
}
