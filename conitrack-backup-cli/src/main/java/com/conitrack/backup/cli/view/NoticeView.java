package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A notice to users.
 *
 * @param text the notice, its subject on the first line
 */
public record NoticeView(String text) implements View {
  @Override
  public void print(Page page) {
    text.lines().forEach(page::line);
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "restore notice").put("text", text);
  }
}
