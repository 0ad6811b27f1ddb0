package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillReport;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a drill ended.
 *
 * @param outcome the end
 */
public record DrillView(DrillOutcome outcome) implements View {

  @Override
  public void print(Page page) {
    DrillReport report = outcome.report();
    if (outcome instanceof DrillOutcome.Passed) {
      String but = report.leftOut().isEmpty() ? ": " : ", but for what was left out: ";
      page.line(page.style().good("drill passed" + but) + report.backup());
    } else if (outcome instanceof DrillOutcome.Rejected rejected) {
      page.line(page.style().bad("NOT what was backed up: ") + report.backup());
      rejected.differences().forEach(page::item);
    } else if (outcome instanceof DrillOutcome.Failed failed) {
      page.line(page.style().bad("drill failed: ") + report.backup());
      failed.reasons().forEach(page::item);
    }
    page.field("drill", report.id() + ", " + report.quarter());
    page.field("where", report.environment() == null ? "unreachable" : report.environment());
    printRestored(page, report);
    printDetails(page, report);
  }

  private static void printRestored(Page page, DrillReport report) {
    if (report.storage() == null) {
      return;
    }
    DrillReport.Times times = report.times();
    page.field("from storage", report.storage());
    page.field(
        "verified",
        Measures.count(report.tables(), "table") + ", " + Measures.count(report.rows(), "row"));
    page.field(
        "took",
        Measures.duration(times.restore())
            + " ("
            + Measures.duration(times.loading())
            + " to load, "
            + Measures.duration(times.comparing())
            + " to compare); the RTO is "
            + Measures.setting(times.rto()));
    if (report.kept() != null) {
      page.field("kept", "database " + report.kept());
    }
  }

  private static void printDetails(Page page, DrillReport report) {
    for (DrillReport.CheckResult check : report.checks()) {
      page.field(check.met() ? "check" : "check NOT met", check.name() + ": " + check.detail());
    }
    for (DrillReport.TableChange change : report.changes()) {
      page.field(
          "since then",
          change.table() + ": " + change.before() + " rows then, " + change.now() + " now");
    }
    for (DrillReport.ControlResult control : report.controls()) {
      page.field(
          control.rejected() ? "rejected" : "NOT rejected",
          control.given() + ": " + control.detail());
    }
    report.leftOut().forEach(each -> page.field("LEFT OUT", each));
    report.notCovered().forEach(each -> page.field("not covered", each));
  }

  @Override
  public void fill(ObjectNode document) {
    DrillReport report = outcome.report();
    document
        .put("command", "drill")
        .put("result", result())
        .put("id", report.id())
        .put("backup", report.backup().value())
        .put("began", report.began().toString())
        .put("quarter", report.quarter())
        .put("environment", report.environment())
        .put("storage", report.storage())
        .put("loadingMillis", report.times().loading().toMillis())
        .put("comparingMillis", report.times().comparing().toMillis())
        .put("restoreMillis", report.times().restore().toMillis())
        .put("rtoMillis", report.times().rto().toMillis())
        .put("tables", report.tables())
        .put("rows", report.rows())
        .put("kept", report.kept());
    fillDetails(document, report);
    if (outcome instanceof DrillOutcome.Rejected rejected) {
      Json.fillTexts(document.putArray("differences"), rejected.differences());
    } else if (outcome instanceof DrillOutcome.Failed failed) {
      Json.fillTexts(document.putArray("reasons"), failed.reasons());
      if (failed.failure() != null) {
        Json.fillError(document, failed.failure());
      }
    }
  }

  private String result() {
    return outcome instanceof DrillOutcome.Passed
        ? "PASSED"
        : outcome instanceof DrillOutcome.Rejected ? "REJECTED" : "FAILED";
  }

  private static void fillDetails(ObjectNode document, DrillReport report) {
    ArrayNode checks = document.putArray("checks");
    report
        .checks()
        .forEach(
            each ->
                checks
                    .addObject()
                    .put("name", each.name())
                    .put("met", each.met())
                    .put("detail", each.detail()));
    ArrayNode changes = document.putArray("changes");
    report
        .changes()
        .forEach(
            each ->
                changes
                    .addObject()
                    .put("table", each.table().toString())
                    .put("before", each.before())
                    .put("now", each.now()));
    ArrayNode controls = document.putArray("controls");
    report
        .controls()
        .forEach(
            each ->
                controls
                    .addObject()
                    .put("given", each.given())
                    .put("rejected", each.rejected())
                    .put("detail", each.detail()));
    Json.fillTexts(document.putArray("leftOut"), report.leftOut());
    Json.fillTexts(document.putArray("notCovered"), report.notCovered());
    Json.fillTexts(document.putArray("remarks"), report.remarks());
  }
}
