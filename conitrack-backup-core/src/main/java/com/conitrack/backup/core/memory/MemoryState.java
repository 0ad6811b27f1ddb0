package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One database of a server in memory, whatever it is called. Safe for use by many threads. */
final class MemoryState {
  private final InMemoryRunLock lock = new InMemoryRunLock();
  private MemoryContents contents = MemoryContents.EMPTY;
  private @Nullable String comment;

  /** Rows on their way into {@link #contents}: copying it for each one would take squared time. */
  private final Map<TableName, List<List<@Nullable String>>> added = new HashMap<>();

  private @Nullable DumpFault dumpFault;
  private @Nullable DatabaseException restoreFault;

  InMemoryRunLock lock() {
    return lock;
  }

  synchronized @Nullable String comment() {
    return comment;
  }

  synchronized void comment(@Nullable String text) {
    comment = text;
  }

  synchronized MemoryContents contents() {
    added.forEach(
        (TableName table, List<List<@Nullable String>> rows) ->
            contents = contents.plus(table, rows));
    added.clear();
    return contents;
  }

  synchronized void change(UnaryOperator<MemoryContents> change) {
    contents = change.apply(contents());
  }

  synchronized void add(TableName table, List<@Nullable String> row) {
    added.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
  }

  /** Changes nothing and returns false if the contents are not {@code before} any more. */
  synchronized boolean replace(MemoryContents before, MemoryContents after) {
    if (contents() != before) {
      return false;
    }
    contents = after;
    return true;
  }

  synchronized void failNextDump(DumpFault fault) {
    dumpFault = fault;
  }

  synchronized Optional<DumpFault> takeDumpFault() {
    Optional<DumpFault> fault = Optional.ofNullable(dumpFault);
    dumpFault = null;
    return fault;
  }

  synchronized void failNextRestore(DatabaseException failure) {
    restoreFault = failure;
  }

  synchronized @Nullable DatabaseException takeRestoreFault() {
    DatabaseException fault = restoreFault;
    restoreFault = null;
    return fault;
  }
}
