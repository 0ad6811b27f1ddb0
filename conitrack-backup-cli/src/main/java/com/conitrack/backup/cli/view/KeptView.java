package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of keeping a schedule, once that has ended.
 *
 * @param taken how many good backups were taken here
 * @param troubles how often something went wrong
 */
public record KeptView(long taken, long troubles) implements View {
  @Override
  public void print(Page page) {
    page.line(
        "the schedule is no longer kept here; "
            + Measures.count(taken, "backup")
            + " taken, "
            + Measures.count(troubles, "trouble"));
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "schedule run").put("taken", taken).put("troubles", troubles);
  }
}
