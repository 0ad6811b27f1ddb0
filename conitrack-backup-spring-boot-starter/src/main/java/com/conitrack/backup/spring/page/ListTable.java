package com.conitrack.backup.spring.page;

import java.util.List;

/** A table that becomes a list of cards on a phone; roles keep it a table for screen readers. */
final class ListTable {
  private final Html html;
  private final List<String> columns;

  ListTable(Html html, String name, List<String> columns) {
    this.html = html;
    this.columns = List.copyOf(columns);
    html.open("table", "class", "list", "role", "table", "aria-label", name);
    html.open("thead", "role", "rowgroup").open("tr", "role", "row");
    columns.forEach(column -> html.element("th", column, "scope", "col", "role", "columnheader"));
    html.close("tr").close("thead").open("tbody", "role", "rowgroup");
  }

  void row() {
    html.open("tr", "role", "row");
  }

  void endRow() {
    html.close("tr");
  }

  void end() {
    html.close("tbody").close("table");
  }

  Html head() {
    return html.open("th", "scope", "row", "role", "rowheader");
  }

  /** Opens the cell of a column. */
  Html cell(int column, String style) {
    return html.open("td", "class", style, "role", "cell", "data-label", columns.get(column));
  }

  void cell(int column, String style, String text) {
    cell(column, style).text(text).close("td");
  }
}
