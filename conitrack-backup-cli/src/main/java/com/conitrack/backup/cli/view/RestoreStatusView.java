package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreStatus;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How restores stand.
 *
 * @param status the status
 */
public record RestoreStatusView(RestoreStatus status) implements View {
  @Override
  public void print(Page page) {
    if (status.busy() != null) {
      page.wrapped("at work: ", "  ", status.busy());
    }
    for (String settled : status.settled()) {
      page.wrapped(page.style().bad("settled: "), "  ", settled);
    }
    if (status.records().isEmpty()) {
      page.line("no restore of database '" + status.database() + "' is on record");
    }
    boolean first = true;
    for (RestoreRecord record : status.records()) {
      if (!first) {
        page.gap();
      }
      first = false;
      RecordView.print(page, record);
    }
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "restore status")
        .put("database", status.database())
        .put("busy", status.busy());
    Json.fillTexts(document.putArray("settled"), status.settled());
    ArrayNode records = document.putArray("restores");
    status.records().forEach(record -> RecordView.fill(records.addObject(), record));
  }
}
