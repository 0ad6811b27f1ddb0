package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.QueryAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at a database in memory. */
final class MemoryInspector implements DatabaseInspector {
  private static final int MOST_OBJECTS = 10;
  private static final TableName FLYWAY = new TableName("public", "flyway_schema_history");

  private static final Pattern COUNT =
      Pattern.compile("(?i)SELECT count\\(\\*\\) FROM (\\w+)\\.(\\w+)");

  private final String name;
  private final Supplier<MemoryContents> contents;

  MemoryInspector(String name, Supplier<MemoryContents> contents) {
    this.name = name;
    this.contents = contents;
  }

  @Override
  public DatabaseFacts inspect() {
    MemoryContents all = contents.get();
    return new DatabaseFacts(
        name, "memory", null, InMemoryDatabase.VERSION, bytes(all), "UTF8", schemaVersion(all));
  }

  @Override
  public Requirements requirements() {
    return Requirements.NONE;
  }

  @Override
  public List<String> missing(Requirements requirements) {
    List<String> missing = new ArrayList<>();
    requirements.roles().forEach(role -> missing.add("role '" + role + "' is missing"));
    requirements
        .extensions()
        .forEach(extension -> missing.add("extension '" + extension.name() + "' is missing"));
    requirements.tablespaces().forEach(each -> missing.add("tablespace '" + each + "' is missing"));
    return missing;
  }

  @Override
  public List<String> userObjects() {
    MemoryContents all = contents.get();
    return Stream.concat(
            all.tables().keySet().stream().map(table -> "table " + table),
            all.sequences().keySet().stream().map(sequence -> "sequence " + sequence))
        .limit(MOST_OBJECTS)
        .toList();
  }

  /** Understands {@code SELECT count(*) FROM schema.table} alone. */
  @Override
  public QueryAnswer query(String sql, Duration timeout) {
    Matcher count = COUNT.matcher(sql.strip());
    MemoryTable table = null;
    if (count.matches()) {
      table = contents.get().tables().get(new TableName(count.group(1), count.group(2)));
    }
    if (table == null) {
      throw new DatabaseException(
          ErrorKind.DATABASE,
          "unable to query database '" + name + "'",
          "syntax error, or no such table, in '" + sql + "'",
          "here only SELECT count(*) FROM schema.table is understood");
    }
    return new QueryAnswer(true, String.valueOf(table.rows().size()));
  }

  static long bytes(MemoryContents all) {
    return all.tables().values().stream()
        .flatMap(table -> table.rows().stream())
        .mapToLong((List<@Nullable String> row) -> CopyText.line(row).length())
        .sum();
  }

  /** Flyway's newest successful version: its rows are in the order of installation. */
  private static @Nullable String schemaVersion(MemoryContents all) {
    MemoryTable history = all.tables().get(FLYWAY);
    if (history == null) {
      return null;
    }
    int version = history.columns().indexOf("version");
    int success = history.columns().indexOf("success");
    String newest = null;
    for (List<@Nullable String> row : history.rows()) {
      boolean counts =
          success < 0 || "t".equals(row.get(success)) || "true".equals(row.get(success));
      String value = version < 0 ? null : row.get(version);
      newest = counts && value != null ? value : newest;
    }
    return newest;
  }
}
