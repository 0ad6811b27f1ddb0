package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.production.UndoOutcome;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of going back, or of discarding.
 *
 * @param command the command
 * @param sentence what was done
 * @param outcome how things stand now
 */
public record UndoView(String command, String sentence, UndoOutcome outcome) implements View {
  @Override
  public void print(Page page) {
    page.wrapped("", "  ", sentence);
    RecordView.print(page, outcome.record());
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", command);
    RecordView.fill(document.putObject("record"), outcome.record());
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
