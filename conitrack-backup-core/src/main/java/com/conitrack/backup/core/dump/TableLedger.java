package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of a dump: what they are, what rows came for them, which are parts of which. */
final class TableLedger {
  private final Map<TableName, Entry> entries = new TreeMap<>();
  private int count;

  /** What is known of one table so far. */
  static final class Entry {
    private final TableName name;
    private final List<Entry> children = new ArrayList<>(0);
    private TableKind kind = TableKind.EXTENSION;
    private boolean present;
    private boolean rowsCame;
    private boolean hashed;
    private long rows;
    private @Nullable MessageDigest digest;
    private boolean inheriting;
    private @Nullable RowsByName byName;

    private Entry(TableName name) {
      this.name = name;
    }

    TableName name() {
      return name;
    }

    long rows() {
      return rows;
    }

    /** There is a {@code COPY} or {@code INSERT} for it, be it without rows. */
    void rowsCome() {
      rowsCame = true;
    }

    void addRows(long count) {
      rows += count;
    }

    /** Whether its columns are to be told, as the dump makes it with those of its parents first. */
    boolean inheriting() {
      return inheriting;
    }

    /** Tells the order of the columns in the rows that follow. */
    void columns(List<String> columns) {
      byName = new RowsByName(columns);
    }

    /** Rows as {@code COPY} writes them, cut anywhere. */
    void addCopied(byte[] b, int from, int to, long lines) {
      digest().update(b, from, to - from);
      if (byName != null) {
        byName.accept(b, from, to);
      }
      addRows(lines);
    }

    /** Where the bytes of its rows go. */
    MessageDigest digest() {
      MessageDigest started = digest;
      if (started == null) {
        started = Sha256.newDigest();
        digest = started;
      }
      return started;
    }

    /** Own rows and those of all descendants. */
    private long totalRows() {
      return children.isEmpty() ? rows : family().stream().mapToLong(Entry::rows).sum();
    }

    /** Itself and all descendants; one that is reached on two ways counts once. */
    private Set<Entry> family() {
      Set<Entry> seen = new HashSet<>(Set.of(this));
      Deque<Entry> left = new ArrayDeque<>(seen);
      while (!left.isEmpty()) {
        for (Entry child : left.remove().children) {
          if (seen.add(child)) {
            left.add(child);
          }
        }
      }
      return seen;
    }

    private TableFingerprint finish() {
      Sha256 sha256 = digest == null ? Sha256.OF_NOTHING : Sha256.from(digest);
      return new TableFingerprint(name, kind, rows, totalRows(), sha256);
    }
  }

  void created(TableName name, TableKind kind) {
    Entry entry = present(name);
    entry.kind = kind;
  }

  /** That table is partitioned by hash. */
  void hashed(TableName name) {
    entry(name).hashed = true;
  }

  /** The entry of a table that the dump creates or has rows for. */
  Entry present(TableName name) {
    Entry entry = entry(name);
    if (!entry.present) {
      entry.present = true;
      count++;
    }
    return entry;
  }

  /** The table is made with the columns of its parents first. */
  void inheritsColumns(TableName child) {
    entry(child).inheriting = true;
  }

  void inherits(TableName child, TableName parent) {
    entry(parent).children.add(entry(child));
  }

  private Entry entry(TableName name) {
    return entries.computeIfAbsent(name, Entry::new);
  }

  /** How many tables the dump creates or has rows for. */
  int size() {
    return count;
  }

  /**
   * Tables that the dump creates and has no rows for. Those of a partition may come by way of the
   * table that it is part of: {@code --load-via-partition-root}.
   */
  List<TableName> withoutRows() {
    Set<Entry> filled = new HashSet<>();
    roots().forEach(root -> filled.addAll(root.family()));
    return entries.values().stream()
        .filter(e -> e.kind == TableKind.TABLE || e.kind == TableKind.UNLOGGED)
        .filter(e -> !e.rowsCame && !filled.contains(e))
        .map(Entry::name)
        .toList();
  }

  /**
   * Partitioned tables that rows of their partitions come by way of, though nothing is partitioned
   * by hash: there pg_dump may do so unasked, because enums hash differently in each database.
   */
  List<TableName> rootsOfRows() {
    return roots()
        .filter(root -> root.family().stream().noneMatch(each -> each.hashed))
        .map(Entry::name)
        .toList();
  }

  private Stream<Entry> roots() {
    return entries.values().stream().filter(e -> e.rowsCame && e.kind == TableKind.PARTITIONED);
  }

  /** Completes all digests but those by name: nothing may be added afterwards. */
  List<TableFingerprint> finish() {
    return entries.values().stream().filter(e -> e.present).map(Entry::finish).toList();
  }

  /**
   * The same for rows whatever the order of their columns, where that is told.
   *
   * @param finished what {@link #finish} returned
   */
  List<TableFingerprint> finishByName(List<TableFingerprint> finished) {
    return finished.stream().map(table -> byName(table, entry(table.name()).byName)).toList();
  }

  private static TableFingerprint byName(TableFingerprint table, @Nullable RowsByName byName) {
    return byName == null
        ? table
        : new TableFingerprint(
            table.name(), table.kind(), table.rows(), table.totalRows(), byName.finish());
  }

  /** The columns of inheriting tables, in their order. */
  SortedMap<TableName, List<String>> columns() {
    SortedMap<TableName, List<String>> all = new TreeMap<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.byName != null) {
            all.put(name, entry.byName.columns());
          }
        });
    return all;
  }
}
