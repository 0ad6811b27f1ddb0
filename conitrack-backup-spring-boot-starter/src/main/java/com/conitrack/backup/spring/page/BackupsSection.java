package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.SchemaChange;
import java.util.List;
import java.util.stream.Stream;

/** Every backup with its copies and how far they are proved. */
final class BackupsSection {
  private static final int PAGE_SIZE = 30;
  private static final int MOST_SCRIPTS = 5;

  private final PageContents contents;
  private final Links links;
  private final Language language;

  BackupsSection(PageContents contents, Links links) {
    this.contents = contents;
    this.links = links;
    this.language = links.language();
  }

  void write(Html html) {
    List<CatalogueEntry> entries = contents.reading().catalogue().entries();
    html.open("section", "aria-labelledby", "backups");
    html.element("h2", Word.BACKUPS.in(language) + " (" + entries.size() + ")", "id", "backups");
    Pager<CatalogueEntry> pager = new Pager<>(entries, links.request().backupsPage(), PAGE_SIZE);
    if (entries.isEmpty()) {
      html.element("p", Word.NOTHING.in(language));
    } else {
      table(html, pager.shown());
    }
    pager.write(html, language, Word.BACKUPS.in(language), links::backups);
    html.close("section");
  }

  private void table(Html html, List<CatalogueEntry> entries) {
    List<String> columns =
        Stream.of(Word.BACKUP, Word.TAKEN, Word.WHY, Word.SIZE, Word.COPIES, Word.PROOF)
            .map(word -> word.in(language))
            .toList();
    ListTable table = new ListTable(html, Word.BACKUPS.in(language), columns);
    for (CatalogueEntry entry : entries) {
      table.row();
      table.head().text(entry.id().value()).close("th");
      table.cell(1, "when", Told.minute(entry.manifest().startedAt()));
      reason(table.cell(2, ""), entry);
      table.cell(3, "when", Told.bytes(entry.manifest().dump().stored().bytes()));
      copies(table.cell(4, ""), entry);
      proof(table.cell(5, ""), entry);
      table.endRow();
    }
    table.end();
  }

  private static void reason(Html html, CatalogueEntry entry) {
    html.open("span").text(Told.word(entry.manifest().trigger().name()));
    SchemaChange change = entry.manifest().change();
    if (change != null) {
      change(html, change);
    }
    String reason = entry.manifest().reason();
    if (reason != null && !(change != null && reason.equals(change.inWords()))) {
      html.element("small", reason);
    }
    html.close("span").close("td");
  }

  private static void change(Html html, SchemaChange change) {
    String from = change.currentVersion();
    String to = change.targetVersion();
    html.element(
        "small",
        change.tool() + (to == null ? "" : " " + (from == null ? "–" : from) + " → " + to));
    for (SchemaChange.Script script :
        change.pendingScripts().stream().limit(MOST_SCRIPTS).toList()) {
      html.element("small", script.name());
    }
    int left = change.pendingScripts().size() - MOST_SCRIPTS;
    if (left > 0) {
      html.element("small", "+ " + left);
    }
  }

  private void copies(Html html, CatalogueEntry entry) {
    html.open("ul");
    for (CopyState copy : entry.copies()) {
      Word word = word(copy);
      html.open("li");
      html.element("b", mark(word), "class", style(word), "aria-hidden", "true");
      html.text(" " + copy.storage());
      html.element(
          "span", ": " + word.in(language), "class", word == Word.PROVED ? "sr" : style(word));
      html.close("li");
    }
    html.close("ul").close("td");
  }

  private static Word word(CopyState copy) {
    if (copy.removed()) {
      return Word.REMOVED;
    }
    return copy.proved() ? Word.PROVED : copy.present() ? Word.PRESENT : Word.MISSING;
  }

  private static String style(Word word) {
    return Told.word(word.name());
  }

  private static String mark(Word word) {
    return switch (word) {
      case PROVED -> "✓";
      case PRESENT -> "!";
      case MISSING -> "✕";
      default -> "–";
    };
  }

  private void proof(Html html, CatalogueEntry entry) {
    html.open("span");
    if (entry.good()) {
      html.text(Told.word(entry.level().name()));
    } else {
      html.element("b", "✕ " + Word.NOT_GOOD.in(language), "class", "failed");
    }
    String hold = entry.hold();
    if (hold != null) {
      html.element("small", Word.HELD.in(language) + ": " + hold);
    }
    html.close("span").close("td");
  }
}
