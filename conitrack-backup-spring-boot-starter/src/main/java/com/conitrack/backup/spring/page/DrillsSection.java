package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.drill.DrillRecord.SignOff;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The newest drills, held against the RTO. */
final class DrillsSection {
  private static final int MOST = 20;

  private final PageContents contents;
  private final Language language;

  DrillsSection(PageContents contents, Language language) {
    this.contents = contents;
    this.language = language;
  }

  static Word result(String result) {
    return switch (result) {
      case "PASSED" -> Word.PASSED;
      case "REJECTED" -> Word.REJECTED;
      default -> Word.NOT_PASSED;
    };
  }

  void write(Html html) {
    html.open("section", "aria-labelledby", "drills");
    html.element("h2", Word.DRILLS.in(language), "id", "drills");
    String rto = Told.duration(contents.policy().rto());
    html.element("p", Word.RTO.in(language) + ": " + rto, "class", "note");
    List<DrillRecord> drills = new ArrayList<>(DrillRecord.of(contents.reading().entries()));
    Collections.reverse(drills);
    if (drills.isEmpty()) {
      html.element("p", Word.NOTHING.in(language));
    } else {
      table(html, drills.subList(0, Math.min(MOST, drills.size())));
    }
    html.close("section");
  }

  private void table(Html html, List<DrillRecord> drills) {
    List<String> columns =
        Stream.of(
                Word.BACKUP,
                Word.HELD_AT,
                Word.RESULT,
                Word.TOOK,
                Word.ROWS,
                Word.BY,
                Word.SIGN_OFF,
                Word.REMARKS)
            .map(word -> word.in(language))
            .toList();
    ListTable table = new ListTable(html, Word.DRILLS.in(language), columns);
    for (DrillRecord drill : drills) {
      table.row();
      table.head().text(drill.backup()).close("th");
      table.cell(1, "when", Told.minute(drill.at()));
      result(table.cell(2, ""), drill);
      table.cell(3, "when", drill.minutes() + " " + Word.MINUTES.in(language));
      table.cell(4, "when", Long.toString(drill.rows()));
      table.cell(5, "", drill.executedBy());
      table.cell(6, "", signOff(drill));
      table.cell(7, "", drill.remarks());
      table.endRow();
    }
    table.end();
  }

  private void result(Html html, DrillRecord drill) {
    String mark = drill.result().equals("PASSED") ? "✓ " : "✕ ";
    html.element("b", mark + result(drill.result()).in(language), "class", drill.result());
    html.close("td");
  }

  private static String signOff(DrillRecord drill) {
    SignOff signed = drill.signOff();
    return signed == null
        ? "–"
        : Told.word(signed.result()) + ", " + signed.person() + " (" + signed.role() + ")";
  }
}
