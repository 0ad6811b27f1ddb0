package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.drill.DrillRecord.SignOff;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drills on record.
 *
 * @param drills them, oldest first
 * @param command the command that shows them
 */
public record DrillsView(List<DrillRecord> drills, String command) implements View {
  public DrillsView {
    drills = List.copyOf(drills);
  }

  @Override
  public void print(Page page) {
    for (DrillRecord drill : drills) {
      page.wrapped(
          "",
          "    ",
          Measures.time(drill.at())
              + "  "
              + drill.quarter()
              + "  "
              + drill.result()
              + "  "
              + drill.backup());
      page.wrapped(
          "    ",
          "    ",
          drill.id()
              + " on "
              + (drill.environment() == null ? "an unknown server" : drill.environment())
              + ", "
              + drill.minutes()
              + " min, "
              + Measures.count(drill.rows(), "row")
              + ", by "
              + drill.executedBy()
              + "; "
              + signed(drill.signOff()));
      if (!drill.remarks().isEmpty()) {
        page.wrapped("    ", "    ", drill.remarks());
      }
    }
    page.line(Measures.count(drills.size(), "drill"));
  }

  private static String signed(@Nullable SignOff signOff) {
    return signOff == null
        ? "not signed off yet"
        : signOff.result() + " by " + signOff.person() + " (" + signOff.role() + ")";
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", command);
    ArrayNode array = document.putArray("drills");
    for (DrillRecord drill : drills) {
      ObjectNode node =
          array
              .addObject()
              .put("id", drill.id())
              .put("at", drill.at().toString())
              .put("quarter", drill.quarter())
              .put("backup", drill.backup())
              .put("environment", drill.environment())
              .put("minutes", drill.minutes())
              .put("rows", drill.rows())
              .put("executedBy", drill.executedBy())
              .put("result", drill.result())
              .put("remarks", drill.remarks());
      SignOff signOff = drill.signOff();
      if (signOff == null) {
        node.putNull("signOff");
      } else {
        node.putObject("signOff")
            .put("at", signOff.at().toString())
            .put("person", signOff.person())
            .put("role", signOff.role())
            .put("result", signOff.result())
            .put("remarks", signOff.remarks());
      }
    }
  }
}
