package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.policy.ContentRules;

/** Reads {@code content}: what a dump must hold. */
final class ContentReader {
  private final Section content;
  private final ContentRules.Builder rules;

  private ContentReader(Section content, ContentRules preset) {
    this.content = content;
    this.rules = preset.toBuilder();
  }

  static ContentRules read(Section policy, ContentRules preset) {
    Section section = policy.section("content", ConfigKeys.CONTENT);
    return section == null ? preset : new ContentReader(section, preset).read();
  }

  private ContentRules read() {
    Integer tables = content.number("minimum-tables");
    if (tables != null) {
      rules.minimumTables(tables);
    }
    rules.requireTables(content.texts("required-tables"));
    readMinimumRows();
    Double shrink = content.fraction("greatest-shrink");
    if (shrink != null) {
      rules.greatestShrink(shrink);
    }
    readTableShrink();
    Long bytes = content.bytes("minimum-stored-bytes");
    if (bytes != null) {
      rules.minimumStoredBytes(bytes);
    }
    return rules.build();
  }

  /** One number for all tables together, or one for each of several tables. */
  private void readMinimumRows() {
    if (content.hasScalar("minimum-rows")) {
      Long rows = content.count("minimum-rows");
      if (rows != null) {
        rules.minimumRows(rows);
      }
      return;
    }
    Section tables = content.freeSection("minimum-rows");
    for (String table : tables.keys()) {
      Long rows = tables.count(table);
      if (rows != null) {
        rules.minimumRows(table, rows);
      }
    }
  }

  /** One fraction for every table, or one for each of several tables. */
  private void readTableShrink() {
    if (content.hasScalar("greatest-table-shrink")) {
      Double shrink = content.fraction("greatest-table-shrink");
      if (shrink != null) {
        rules.greatestTableShrink(shrink);
      }
      return;
    }
    Section tables = content.freeSection("greatest-table-shrink");
    for (String table : tables.keys()) {
      Double shrink = tables.fraction(table);
      if (shrink != null) {
        rules.greatestTableShrink(table, shrink);
      }
    }
  }
}
