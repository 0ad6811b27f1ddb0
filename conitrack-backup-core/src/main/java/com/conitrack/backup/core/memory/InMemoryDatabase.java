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
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.port.RunLock;
import java.util.Arrays;
import java.util.List;
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

  private final InMemoryServer server;
  private final String name;

  InMemoryDatabase(InMemoryServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** An empty database, the only one of its server. */
  public static InMemoryDatabase named(String name) {
    InMemoryServer server = new InMemoryServer();
    server.addIfMissing(name);
    return server.database(name);
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
  public InMemoryDatabase row(String table, @Nullable String... values) {
    MemoryState state = state();
    state.add(parse(table), existing(state, table).checked(Arrays.asList(values)));
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
    return existing(state(), table).rows();
  }

  /** Makes the next dump fail after {@code bytes} of it have been written to the sink. */
  public InMemoryDatabase failNextDumpAfter(long bytes, DatabaseException failure) {
    state().failNextDump(new DumpFault(bytes, failure));
    return this;
  }

  /** Makes the next restore fail when its dump has been read, before anything has changed. */
  public InMemoryDatabase failNextRestore(DatabaseException failure) {
    state().failNextRestore(failure);
    return this;
  }

  @Override
  public DatabaseDumper dumper() {
    return new MemoryDumper(name, this::current, () -> state().takeDumpFault());
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
    return (holder, wait) -> state().lock().acquire(holder, wait);
  }

  @Override
  public InMemoryServer server() {
    return server;
  }

  private List<String> restore(DatabaseRestorer.DumpBody body, RestoreOptions options) {
    String what = "unable to restore into database '" + name + "'";
    MemoryDumper.refuseIfInterrupted(what);
    MemoryState state = state();
    MemoryContents before = state.contents();
    String dump = MemoryDumpBody.read(body, what);
    DatabaseException fault = state.takeRestoreFault();
    if (fault != null) {
      throw fault;
    }
    try {
      MemoryContents after = MemoryDumpReader.load(dump, before);
      if (!state.replace(before, after)) {
        throw new IllegalArgumentException("the database was changed meanwhile");
      }
    } catch (IllegalArgumentException e) {
      throw new DatabaseException(
          ErrorKind.DATABASE, what, String.valueOf(e.getMessage()), "nothing was changed", e);
    }
    return List.of();
  }

  private MemoryState state() {
    return server.require(name, "unable to open database '" + name + "'");
  }

  private MemoryContents current() {
    return state().contents();
  }

  private InMemoryDatabase change(UnaryOperator<MemoryContents> change) {
    state().change(change);
    return this;
  }

  private static MemoryTable existing(MemoryState state, String table) {
    MemoryTable found = state.contents().tables().get(parse(table));
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
