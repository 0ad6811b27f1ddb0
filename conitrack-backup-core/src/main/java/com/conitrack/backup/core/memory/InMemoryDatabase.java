package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RunLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory, for tests: tables of texts and sequences. Its dumps are plain dumps as
 * pg_dump lays them out, the same bytes for the same contents; it restores what it dumped. Safe for
 * use by many threads.
 *
 * <pre>{@code
 * InMemoryDatabase stock =
 *     InMemoryDatabase.named("stock")
 *         .table("public.lote", "id", "codigo")
 *         .row("public.lote", "1", "L-250101")
 *         .sequence("public.lote_id_seq", 1);
 * }</pre>
 */
public final class InMemoryDatabase implements Database {
  static final ServerVersion VERSION = ServerVersion.parse("17.0");
  static final String TOOL = "in-memory-dump";

  private final String name;
  private final InMemoryRunLock lock = new InMemoryRunLock();
  private MemoryContents contents = MemoryContents.EMPTY;

  /** Rows on their way into {@link #contents}: copying it for each one would take squared time. */
  private final Map<TableName, List<List<@Nullable String>>> added = new HashMap<>();

  private @Nullable DumpFault dumpFault;
  private @Nullable DatabaseException restoreFault;

  private InMemoryDatabase(String name) {
    this.name = name;
  }

  /** An empty database. */
  public static InMemoryDatabase named(String name) {
    return new InMemoryDatabase(name);
  }

  /**
   * Adds a table without rows, or empties and redefines the one of that name.
   *
   * @param table schema and name, such as {@code public.lote}; what follows the first dot is the
   *     name
   * @param columns names of its columns
   */
  public InMemoryDatabase table(String table, String... columns) {
    return change(all -> all.with(parse(table), new MemoryTable(List.of(columns), List.of())));
  }

  /**
   * Adds a row.
   *
   * @param values one for each column; null is NULL
   * @throws IllegalArgumentException if there is no such table or the number of values is not its
   *     number of columns
   */
  public synchronized InMemoryDatabase row(String table, @Nullable String... values) {
    List<@Nullable String> row = existing(contents, table).checked(Arrays.asList(values));
    added.computeIfAbsent(parse(table), name -> new ArrayList<>()).add(row);
    return this;
  }

  /** Adds a sequence that has handed out {@code value}, or sets it. */
  public InMemoryDatabase sequence(String sequence, long value) {
    return change(all -> all.with(new SequenceValue(parse(sequence), value, true)));
  }

  /** Removes a table or sequence, if it is there. */
  public InMemoryDatabase drop(String object) {
    return change(all -> all.without(parse(object)));
  }

  /**
   * The rows of a table, each as long as its columns; null is NULL.
   *
   * @throws IllegalArgumentException if there is no such table
   */
  public List<List<@Nullable String>> rows(String table) {
    return existing(current(), table).rows();
  }

  /** Makes the next dump fail after {@code bytes} of it have been written to the sink. */
  public synchronized InMemoryDatabase failNextDumpAfter(long bytes, DatabaseException failure) {
    dumpFault = new DumpFault(bytes, failure);
    return this;
  }

  /** Makes the next restore fail when its dump has been read, before anything has changed. */
  public synchronized InMemoryDatabase failNextRestore(DatabaseException failure) {
    restoreFault = failure;
    return this;
  }

  @Override
  public DatabaseDumper dumper() {
    return new MemoryDumper(name, this::current, this::takeDumpFault);
  }

  @Override
  public DatabaseInspector inspector() {
    return new MemoryInspector(name, this::current);
  }

  @Override
  public DatabaseRestorer restorer() {
    return this::restore;
  }

  @Override
  public RunLock lock() {
    return lock;
  }

  private List<String> restore(DatabaseRestorer.DumpBody body, Duration timeout) {
    String what = "unable to restore into database '" + name + "'";
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive: " + timeout);
    }
    MemoryDumper.refuseIfInterrupted(what);
    MemoryContents before = current();
    String dump = MemoryDumpBody.read(body, what);
    DatabaseException fault = takeRestoreFault();
    if (fault != null) {
      throw fault;
    }
    try {
      MemoryContents after = MemoryDumpReader.load(dump, before);
      if (!replace(before, after)) {
        throw new IllegalArgumentException("the database was changed meanwhile");
      }
    } catch (IllegalArgumentException e) {
      throw new DatabaseException(
          ErrorKind.DATABASE, what, String.valueOf(e.getMessage()), "nothing was changed", e);
    }
    return List.of();
  }

  private synchronized MemoryContents current() {
    added.forEach(
        (TableName table, List<List<@Nullable String>> rows) ->
            contents = contents.plus(table, rows));
    added.clear();
    return contents;
  }

  private synchronized InMemoryDatabase change(UnaryOperator<MemoryContents> change) {
    contents = change.apply(current());
    return this;
  }

  private synchronized boolean replace(MemoryContents before, MemoryContents after) {
    if (current() != before) {
      return false;
    }
    contents = after;
    return true;
  }

  private synchronized Optional<DumpFault> takeDumpFault() {
    Optional<DumpFault> fault = Optional.ofNullable(dumpFault);
    dumpFault = null;
    return fault;
  }

  private synchronized @Nullable DatabaseException takeRestoreFault() {
    DatabaseException fault = restoreFault;
    restoreFault = null;
    return fault;
  }

  private static MemoryTable existing(MemoryContents all, String table) {
    MemoryTable found = all.tables().get(parse(table));
    if (found == null) {
      throw new IllegalArgumentException("there is no table " + table);
    }
    return found;
  }

  private static TableName parse(String name) {
    int dot = name.indexOf('.');
    if (dot < 1 || dot == name.length() - 1) {
      throw new IllegalArgumentException("not <schema>.<name>: '" + name + "'");
    }
    return new TableName(name.substring(0, dot), name.substring(dot + 1));
  }
}
