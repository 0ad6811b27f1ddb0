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
import java.util.TreeMap;
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
    private long rows;
    private @Nullable MessageDigest digest;

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

  /** The entry of a table that the dump creates or has rows for. */
  Entry present(TableName name) {
    Entry entry = entry(name);
    if (!entry.present) {
      entry.present = true;
      count++;
    }
    return entry;
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
    for (Entry entry : entries.values()) {
      if (entry.rowsCame && entry.kind == TableKind.PARTITIONED) {
        filled.addAll(entry.family());
      }
    }
    return entries.values().stream()
        .filter(e -> e.kind == TableKind.TABLE || e.kind == TableKind.UNLOGGED)
        .filter(e -> !e.rowsCame && !filled.contains(e))
        .map(Entry::name)
        .toList();
  }

  /** Completes all digests: nothing may be added afterwards. */
  List<TableFingerprint> finish() {
    return entries.values().stream().filter(e -> e.present).map(Entry::finish).toList();
  }
}
