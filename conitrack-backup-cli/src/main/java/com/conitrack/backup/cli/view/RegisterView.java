package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.RegisterEntry;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was done, oldest first.
 *
 * @param entries the entries chosen
 * @param total how many there are in all
 */
public record RegisterView(List<RegisterEntry> entries, int total) implements View {
  public RegisterView {
    entries = List.copyOf(entries);
  }

  @Override
  public void print(Page page) {
    for (RegisterEntry entry : entries) {
      String subject =
          (entry.backup() == null ? "" : " " + entry.backup())
              + (entry.storage() == null ? "" : " in " + entry.storage());
      page.wrapped(
          "",
          "    ",
          Measures.time(entry.at())
              + "  "
              + Measures.word(entry.event())
              + " "
              + entry.outcome()
              + subject
              + ", by "
              + entry.actor().name()
              + "@"
              + entry.actor().host());
      if (!entry.details().isEmpty()) {
        page.wrapped("    ", "    ", details(entry.details()));
      }
    }
    page.line(entries.size() + " of " + total + " entries");
  }

  private static String details(Map<String, String> details) {
    return details.entrySet().stream()
        .map(detail -> detail.getKey() + "=" + detail.getValue())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "register show").put("total", total);
    ArrayNode array = document.putArray("entries");
    for (RegisterEntry entry : entries) {
      ObjectNode node =
          array
              .addObject()
              .put("id", entry.id())
              .put("at", entry.at().toString())
              .put("event", entry.event().name())
              .put("outcome", entry.outcome())
              .put("backup", entry.backup() == null ? null : entry.backup().value())
              .put("storage", entry.storage());
      node.putObject("actor")
          .put("name", entry.actor().name())
          .put("host", entry.actor().host())
          .put("software", entry.actor().software());
      ObjectNode details = node.putObject("details");
      entry.details().forEach(details::put);
    }
  }
}
