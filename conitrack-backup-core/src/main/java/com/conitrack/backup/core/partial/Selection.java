package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.policy.TablePattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Chooses tables of a backup by patterns. */
final class Selection {
  private static final int MOST_NAMES = 10;

  private Selection() {}

  /**
   * The tables meant, with their partitions and inheriting tables, in the dump's order.
   *
   * @throws BackupException kind {@code NOT_FOUND} if a pattern fits no table; {@code RULE} if
   *     tables are meant whose rows the backup does not hold
   */
  static List<BackupTable> of(BackupId backup, BackupTables tables, List<String> patterns) {
    if (patterns.isEmpty()) {
      throw wrong(ErrorKind.RULE, backup, "no table is named", "name at least one");
    }
    Set<TableName> chosen = new LinkedHashSet<>();
    for (String pattern : patterns) {
      chosen.addAll(matching(backup, tables, pattern));
    }
    Set<TableName> all = tables.withParts(chosen);
    List<BackupTable> found =
        tables.names().stream()
            .filter(all::contains)
            .flatMap(n -> tables.table(n).stream())
            .toList();
    requireRows(backup, found);
    return found;
  }

  private static List<TableName> matching(BackupId backup, BackupTables tables, String text) {
    TablePattern pattern;
    try {
      pattern = TablePattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(
          ErrorKind.RULE,
          backup,
          "'" + text + "' names no table",
          "write lote, public.lote, public.lote* or public.\"Odd.name\"");
    }
    List<TableName> matching = tables.names().stream().filter(pattern::matches).toList();
    if (matching.isEmpty()) {
      String some =
          String.join(
              ", ", tables.names().stream().limit(MOST_NAMES).map(TableName::toString).toList());
      throw wrong(
          ErrorKind.NOT_FOUND,
          backup,
          "it holds no table '" + text + "'",
          "names are spelled as the server spells them; there are "
              + some
              + (tables.names().size() > MOST_NAMES ? " and others" : ""));
    }
    return matching;
  }

  private static void requireRows(BackupId backup, List<BackupTable> tables) {
    List<String> without = new ArrayList<>();
    for (BackupTable table : tables) {
      if (table.foreign()) {
        without.add(table.name() + " (a foreign table)");
      } else if (table.rowColumns() == null && table.partitionKey() == null) {
        without.add(table.name().toString());
      }
    }
    if (!without.isEmpty()) {
      throw wrong(
          ErrorKind.RULE,
          backup,
          "it holds no rows of " + String.join(", ", without),
          "they were left out when it was taken, or written as INSERT; choose other tables or another backup");
    }
  }

  private static BackupException wrong(ErrorKind kind, BackupId backup, String why, String hint) {
    return new BackupException(
        kind, "unable to choose tables of backup '" + backup + "'", why, hint);
  }
}
