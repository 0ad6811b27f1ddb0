package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Applies a scope's patterns: names with {@code *} and {@code ?}, optionally after a schema's. */
final class MemoryScope {
  private final DumpScope scope;

  MemoryScope(DumpScope scope) {
    this.scope = scope;
  }

  /** Refuses a pattern to include that includes nothing, as pg_dump does. */
  void requireMatches(MemoryContents contents, String database) {
    for (String pattern : scope.tables()) {
      require(contents.tables().keySet().stream().anyMatch(table(pattern)), pattern, database);
    }
    for (String pattern : scope.schemas()) {
      boolean found =
          pattern.equals("public") || contents.schemas().stream().anyMatch(plain(pattern));
      require(found, pattern, database);
    }
  }

  /** Schemas of what is taken, but {@code public}, which every database has. */
  List<String> schemas(MemoryContents contents) {
    return Stream.concat(
            tables(contents).stream(), sequences(contents).stream().map(SequenceValue::name))
        .map(TableName::schema)
        .filter(schema -> !schema.equals("public"))
        .distinct()
        .sorted()
        .toList();
  }

  List<TableName> tables(MemoryContents contents) {
    return contents.tables().keySet().stream().filter(this::includes).toList();
  }

  List<TableName> tablesWithData(MemoryContents contents) {
    return tables(contents).stream()
        .filter(name -> scope.excludeTableData().stream().noneMatch(p -> table(p).test(name)))
        .toList();
  }

  List<SequenceValue> sequences(MemoryContents contents) {
    return contents.sequences().values().stream().filter(s -> includes(s.name())).toList();
  }

  private boolean includes(TableName name) {
    return anyOrEmpty(scope.tables(), p -> table(p).test(name))
        && anyOrEmpty(scope.schemas(), p -> plain(p).test(name.schema()))
        && scope.excludeTables().stream().noneMatch(p -> table(p).test(name))
        && scope.excludeSchemas().stream().noneMatch(p -> plain(p).test(name.schema()));
  }

  private static boolean anyOrEmpty(List<String> patterns, Predicate<String> matches) {
    return patterns.isEmpty() || patterns.stream().anyMatch(matches);
  }

  private static Predicate<TableName> table(String pattern) {
    int dot = pattern.indexOf('.');
    Predicate<String> name = plain(pattern.substring(dot + 1));
    Predicate<String> schema = dot < 0 ? any -> true : plain(pattern.substring(0, dot));
    return table -> name.test(table.name()) && schema.test(table.schema());
  }

  private static Predicate<String> plain(String pattern) {
    String quoted = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(quoted, Pattern.DOTALL).asMatchPredicate();
  }

  private static void require(boolean found, String pattern, String database) {
    if (!found) {
      throw new DatabaseException(
          ErrorKind.NOT_FOUND,
          "unable to dump database '" + database + "'",
          "nothing matches '" + pattern + "'",
          "correct the pattern or leave it out");
    }
  }
}
