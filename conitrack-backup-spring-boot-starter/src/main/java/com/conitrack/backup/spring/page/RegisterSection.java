package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.model.RegisterEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The register, newest first, with a search that the server does. */
final class RegisterSection {
  private static final int PAGE_SIZE = 30;

  private final PageContents contents;
  private final Links links;
  private final Language language;

  RegisterSection(PageContents contents, Links links) {
    this.contents = contents;
    this.links = links;
    this.language = links.language();
  }

  void write(Html html) {
    List<RegisterEntry> found = found();
    html.open("section", "aria-labelledby", "register");
    html.element("h2", Word.REGISTER.in(language) + " (" + found.size() + ")", "id", "register");
    search(html);
    Pager<RegisterEntry> pager = new Pager<>(found, links.request().registerPage(), PAGE_SIZE);
    if (found.isEmpty()) {
      html.element("p", Word.NOTHING.in(language), "role", "status");
    } else {
      table(html, pager.shown());
    }
    pager.write(html, language, Word.REGISTER.in(language), links::register);
    html.close("section");
  }

  private List<RegisterEntry> found() {
    String[] words = links.request().search().toLowerCase(Locale.ROOT).split("\\s+", -1);
    List<RegisterEntry> found = new ArrayList<>();
    for (RegisterEntry entry : contents.reading().entries()) {
      if (links.request().search().isEmpty() || holds(entry, words)) {
        found.add(entry);
      }
    }
    Collections.reverse(found);
    return found;
  }

  private static boolean holds(RegisterEntry entry, String[] words) {
    String text =
        (entry.at()
                + " "
                + entry.event()
                + " "
                + entry.outcome()
                + " "
                + entry.backup()
                + " "
                + entry.storage()
                + " "
                + entry.actor().name()
                + " "
                + entry.details())
            .toLowerCase(Locale.ROOT);
    return Stream.of(words).allMatch(text::contains);
  }

  private void search(Html html) {
    html.open("form", "method", "get", "action", links.path() + "#register", "role", "search");
    html.open("label", "for", "q").text(Word.SEARCH_HINT.in(language));
    html.open(
        "input",
        "id",
        "q",
        "name",
        "q",
        "type",
        "search",
        "maxlength",
        "200",
        "value",
        links.request().search());
    html.close("label");
    html.open("input", "type", "hidden", "name", "lang", "value", language.code());
    html.element("button", Word.SEARCH.in(language), "type", "submit");
    if (!links.request().search().isEmpty()) {
      html.element("a", Word.CLEAR.in(language), "href", links.wholeRegister());
    }
    html.close("form");
  }

  private void table(Html html, List<RegisterEntry> entries) {
    List<String> columns =
        Stream.of(Word.EVENT, Word.AT, Word.WHAT, Word.BY, Word.DETAILS)
            .map(word -> word.in(language))
            .toList();
    ListTable table = new ListTable(html, Word.REGISTER.in(language), columns);
    for (RegisterEntry entry : entries) {
      table.row();
      table.head().text(Told.word(entry.event().name()));
      html.element("small", Told.word(entry.outcome()), "class", entry.outcome()).close("th");
      table.cell(1, "when", Told.minute(entry.at()));
      table.cell(2, "", what(entry));
      table.cell(3, "", entry.actor().name());
      details(table.cell(4, "facts"), entry);
      table.endRow();
    }
    table.end();
  }

  private static String what(RegisterEntry entry) {
    String backup = entry.backup() == null ? "" : entry.backup().value();
    String storage = entry.storage() == null ? "" : entry.storage();
    return backup.isEmpty() || storage.isEmpty() ? backup + storage : backup + ", " + storage;
  }

  /** Digests and ids are for programs; they stand in the command's output. */
  private static void details(Html html, RegisterEntry entry) {
    html.open("span");
    String between = "";
    for (var detail : entry.details().entrySet()) {
      if (!detail.getValue().matches("[0-9a-f]{64}|[0-9a-f-]{36}")) {
        html.text(between).element("b", detail.getKey()).text(" " + detail.getValue());
        between = " · ";
      }
    }
    html.close("span").close("td");
  }
}
