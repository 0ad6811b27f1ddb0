package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.check.CheckItem;
import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.check.CheckReport;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whether everything is in place.
 *
 * @param report what was found
 * @param config where the configuration was read from
 */
public record CheckView(CheckReport report, String config) implements View {

  @Override
  public void print(Page page) {
    page.wrapped("ok       ", "         ", "configuration: " + config);
    for (CheckItem item : report.items()) {
      String words = item.subject() + ": " + item.detail();
      page.wrapped(status(page, item.status()) + "  ", "         ", words);
      if (item.fix() != null) {
        page.wrapped("         fix: ", "         ", item.fix());
      }
    }
    long failed = count(Status.FAILED);
    page.line(failed + " failed, " + Measures.count(count(Status.WARNING), "warning"));
  }

  private static String status(Page page, Status status) {
    return switch (status) {
      case OK -> page.style().good("ok     ");
      case WARNING -> page.style().doubtful("warning");
      case FAILED -> page.style().bad("FAILED ");
    };
  }

  private long count(Status status) {
    return report.items().stream().filter(item -> item.status() == status).count();
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "check").put("status", report.status().name()).put("config", config);
    ArrayNode items = document.putArray("items");
    for (CheckItem item : report.items()) {
      items
          .addObject()
          .put("subject", item.subject())
          .put("status", item.status().name())
          .put("detail", item.detail())
          .put("fix", item.fix());
    }
  }
}
