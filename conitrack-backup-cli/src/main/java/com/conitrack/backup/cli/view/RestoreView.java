package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.RestoreOutcome.Different;
import com.conitrack.backup.core.restore.RestoreOutcome.Equal;
import com.conitrack.backup.core.restore.RestoreOutcome.Failed;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a restore ended.
 *
 * @param outcome the end
 * @param target where to, without any secret
 */
public record RestoreView(RestoreOutcome outcome, String target) implements View {

  @Override
  public void print(Page page) {
    if (outcome instanceof Equal equal) {
      String but = equal.leftOut().isEmpty() ? ": " : " but for what was left out: ";
      page.line(page.style().good("restored and equal" + but) + equal.backup());
      page.field("target", target);
      page.field("from storage", equal.storage());
      page.field(
          "compared",
          Measures.count(equal.contents().tables().size(), "table")
              + ", "
              + Measures.count(equal.contents().rows(), "row"));
      page.field(
          "took",
          Measures.duration(equal.loading())
              + " to load, "
              + Measures.duration(equal.total())
              + " with the comparison");
      equal.leftOut().forEach(each -> page.field("LEFT OUT", each));
    } else if (outcome instanceof Different different) {
      page.line(page.style().bad("restored but NOT equal: ") + different.backup());
      page.field("target", target);
      page.field("from storage", different.storage());
      different.differences().forEach(page::item);
      different.leftOut().forEach(each -> page.field("LEFT OUT", each));
    }
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "restore-to")
        .put("backup", outcome.backup().value())
        .put("target", target);
    if (outcome instanceof Equal equal) {
      document
          .put("result", "EQUAL")
          .put("storage", equal.storage())
          .put("tables", equal.contents().tables().size())
          .put("rows", equal.contents().rows())
          .put("loadingMillis", equal.loading().toMillis())
          .put("totalMillis", equal.total().toMillis());
      Json.fillTexts(document.putArray("leftOut"), equal.leftOut());
    } else if (outcome instanceof Different different) {
      document.put("result", "DIFFERENT").put("storage", different.storage());
      Json.fillTexts(document.putArray("differences"), different.differences());
      Json.fillTexts(document.putArray("leftOut"), different.leftOut());
    } else if (outcome instanceof Failed failed) {
      document.put("result", "FAILED");
      Json.fillError(document, failed.failure());
    }
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }
}
