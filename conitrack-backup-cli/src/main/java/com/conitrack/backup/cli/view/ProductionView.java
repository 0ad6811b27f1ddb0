package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.ProductionOutcome.Failed;
import com.conitrack.backup.core.production.ProductionOutcome.Restored;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a restore of real data ended.
 *
 * @param outcome the end
 */
public record ProductionView(ProductionOutcome outcome) implements View {
  @Override
  public void print(Page page) {
    if (outcome instanceof Restored restored) {
      page.line(page.style().good("restored and proved equal: ") + restored.backup());
      RecordView.print(page, restored.record());
    }
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "restore run")
        .put("restore", outcome.restore())
        .put("backup", outcome.backup().value());
    if (outcome instanceof Restored restored) {
      document.put("result", "RESTORED");
      RecordView.fill(document.putObject("record"), restored.record());
    } else if (outcome instanceof Failed failed) {
      document.put("result", "FAILED").put("production", failed.production());
      Json.fillError(document, failed.failure());
    }
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
