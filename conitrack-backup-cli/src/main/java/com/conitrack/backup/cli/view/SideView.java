package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.partial.SideOutcome;
import com.conitrack.backup.core.partial.SideOutcome.Different;
import com.conitrack.backup.core.partial.SideOutcome.Failed;
import com.conitrack.backup.core.partial.SideOutcome.Loaded;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of putting tables beside.
 *
 * @param outcome the end
 */
public record SideView(SideOutcome outcome) implements View {

  @Override
  public void print(Page page) {
    if (outcome instanceof Loaded loaded) {
      page.line(page.style().good("beside and equal: ") + loaded.backup());
      page.field("schema", loaded.schema());
      page.field("from storage", loaded.storage());
      page.field("took", Measures.duration(loaded.took()));
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("  table", "rows", "beside as"));
      for (SideOutcome.Table each : loaded.tables()) {
        rows.add(
            List.of("  " + each.source(), Long.toString(each.rows()), each.table().toString()));
      }
      page.table(rows);
    } else if (outcome instanceof Different different) {
      page.line(page.style().bad("NOT equal, and dropped again: ") + different.backup());
      different.differences().forEach(page::item);
    }
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "restore-tables").put("backup", outcome.backup().value());
    if (outcome instanceof Loaded loaded) {
      document
          .put("result", "BESIDE")
          .put("schema", loaded.schema())
          .put("storage", loaded.storage())
          .put("rows", loaded.rows())
          .put("totalMillis", loaded.took().toMillis());
      ArrayNode tables = document.putArray("tables");
      for (SideOutcome.Table each : loaded.tables()) {
        tables
            .addObject()
            .put("table", each.source().toString())
            .put("beside", each.table().toString())
            .put("rows", each.rows())
            .put("sha256", each.sha256().hex());
      }
    } else if (outcome instanceof Different different) {
      document.put("result", "DIFFERENT");
      Json.fillTexts(document.putArray("differences"), different.differences());
    } else if (outcome instanceof Failed failed) {
      document.put("result", "FAILED");
      Json.fillError(document, failed.failure());
    }
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
