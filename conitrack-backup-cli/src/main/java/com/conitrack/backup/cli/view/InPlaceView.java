package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.partial.InPlaceOutcome;
import com.conitrack.backup.core.partial.InPlaceOutcome.Done;
import com.conitrack.backup.core.partial.InPlaceOutcome.Failed;
import com.conitrack.backup.core.port.TableChange;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How it ended to put tables back in place.
 *
 * @param outcome the end
 */
public record InPlaceView(InPlaceOutcome outcome) implements View {
  @Override
  public void print(Page page) {
    if (outcome instanceof Done done) {
      page.line(page.style().good("in place and proved equal: ") + done.backup());
      page.field("restore", done.restore());
      page.field("safety backup", done.safety().value());
      page.field("took", Measures.duration(done.took()));
      page.table(InPlacePlanView.changes(done.changes()));
      page.field("digest before", done.before().hex());
      page.field("digest after", done.after().hex());
    } else if (outcome instanceof Failed failed && failed.now() != null) {
      new InPlacePlanView(failed.now(), null).print(page);
    }
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "restore run")
        .put("restore", outcome.restore())
        .put("backup", outcome.backup().value());
    if (outcome instanceof Done done) {
      fill(document, done);
    } else if (outcome instanceof Failed failed) {
      document.put("result", "FAILED").put("production", failed.tables());
      if (failed.now() != null) {
        InPlacePlanView.fill(document, failed.now());
      }
      Json.fillError(document, failed.failure());
    }
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }

  private static void fill(ObjectNode document, Done done) {
    document
        .put("result", "RESTORED")
        .put("safetyBackup", done.safety().value())
        .put("digestBefore", done.before().hex())
        .put("digestAfter", done.after().hex())
        .put("totalMillis", done.took().toMillis());
    ArrayNode tables = document.putArray("tables");
    for (TableChange each : done.changes()) {
      tables
          .addObject()
          .put("table", each.table().toString())
          .put("added", each.added())
          .put("removed", each.removed())
          .put("altered", each.altered())
          .put("untouched", each.untouched());
    }
  }
}
