package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Something simple that was done.
 *
 * @param command the command
 * @param sentence what was done, for people
 * @param members the same for programs
 */
public record DoneView(String command, String sentence, Map<String, String> members)
    implements View {

  @Override
  public void print(Page page) {
    page.wrapped("", "  ", sentence);
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", command);
    members.forEach(document::put);
  }
}
