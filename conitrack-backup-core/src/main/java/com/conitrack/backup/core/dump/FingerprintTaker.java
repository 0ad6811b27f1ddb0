package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Leads what the lexer finds into the parts of the fingerprint. */
final class FingerprintTaker implements DumpListener<RuntimeException> {
  private static final byte[] LINE_FEED = {'\n'};
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_DEFECTS = 20;
  private static final int MARKER_LENGTH = 3;

  /** More than 1600 columns with the longest names, each letter of four bytes and quoted. */
  private static final int MAX_COPY = 1 << 20;

  private final DumpLexer<RuntimeException> lexer = new DumpLexer<>(this);
  private final Session session = lexer.session();
  private final Envelope envelope = new Envelope();
  private final TableLedger tables = new TableLedger();
  private final TableStatements ddl = new TableStatements(tables, session);
  private final DemandStatements demands = new DemandStatements(session);
  private final Map<TableName, SequenceValue> sequences = new TreeMap<>();
  private final SortedMap<String, Integer> objects = new TreeMap<>();
  private final SchemaText schema = new SchemaText();
  private final MessageDigest largeObjects = Sha256.newDigest();
  private final Set<String> defects = new LinkedHashSet<>();

  /** Text of the statement at hand until it is known where it belongs. */
  private final TokenBuffer head = new TokenBuffer(MAX_HEAD);

  /** Text of the {@code COPY} at hand. */
  private final TokenBuffer copy = new TokenBuffer(MAX_COPY);

  private boolean copying;

  private Route route = Route.UNKNOWN;
  private @Nullable MessageDigest sink;
  private TableLedger.@Nullable Entry rowsOf;
  private boolean inserts;
  private boolean copies;
  private boolean creates;
  private boolean keys;
  private boolean clears;
  private boolean owners;
  private boolean carriageReturns;
  private boolean headTooLong;
  private long largeObjectCount;
  private long rows;
  private volatile long rowsSoFar;
  private volatile long tablesSoFar;

  DumpLexer<RuntimeException> lexer() {
    return lexer;
  }

  @Override
  public void gap(byte[] b, int from, int to) {
    // Blanks and comments are part of the whole dump's digest only.
  }

  @Override
  public void comment(String line) {
    envelope.comment(line);
  }

  @Override
  public void command(String line) {
    envelope.command(line);
  }

  @Override
  public void text(byte[] b, int from, int to) {
    if (route == Route.UNKNOWN) {
      head.append(b, from, to);
    } else {
      pass(b, from, to);
    }
  }

  private void pass(byte[] b, int from, int to) {
    if (route == Route.SCHEMA) {
      schema.append(b, from, to);
    } else if (sink != null) {
      sink.update(b, from, to - from);
    } else if (copying) {
      copy.append(b, from, to);
    }
  }

  @Override
  public boolean decide(Statement statement) {
    if (head.cut()) {
      defect("has a statement whose first words are more than " + MAX_HEAD + " bytes apart");
      headTooLong = true;
    }
    Route found = headTooLong ? Route.SCHEMA : Route.of(statement);
    if (found != Route.UNKNOWN) {
      take(found, statement);
    }
    return found != Route.UNKNOWN;
  }

  private void take(Route found, Statement statement) {
    route = found;
    sink =
        switch (found) {
          case LARGE_OBJECT -> largeObjects;
          case ROWS -> tableOf(statement, 2).digest();
          case SCHEMA, NONE, UNKNOWN -> null;
        };
    copying = found == Route.NONE && statement.starts("copy");
    pass(head.bytes(), 0, head.length());
  }

  private TableLedger.Entry tableOf(Statement statement, int index) {
    Names.Found found = Names.at(statement, index, session);
    if (found == null) {
      defect("has rows without the name of a table");
      return tables.present(new TableName(session.schema(), ""));
    }
    return tables.present(found.name());
  }

  @Override
  public void end(Statement statement) {
    if (route == Route.UNKNOWN) {
      take(Route.SCHEMA, statement);
    }
    if (route == Route.SCHEMA) {
      schema.endStatement();
    } else if (sink != null) {
      sink.update(LINE_FEED);
    }
    note(statement);
    route = Route.UNKNOWN;
    sink = null;
    headTooLong = false;
    head.reset();
    copying = false;
    copy.reset();
  }

  private void note(Statement statement) {
    envelope.statement();
    switch (route) {
      case ROWS -> noteInsert(statement);
      case LARGE_OBJECT -> largeObjectCount += statement.find(1, "lo_open") > 0 ? 1 : 0;
      case NONE -> noteSequenceOrRows(statement);
      default -> noteSchema(statement);
    }
  }

  private void noteInsert(Statement statement) {
    inserts = true;
    if (statement.insertsValues()) {
      TableLedger.Entry table = tableOf(statement, 2);
      table.rowsCome();
      table.addRows(statement.tuples());
      rows += statement.tuples();
    } else {
      defect("has an INSERT without VALUES, whose rows cannot be counted");
    }
  }

  private void noteSequenceOrRows(Statement statement) {
    if (statement.starts("copy")) {
      copies |= statement.readsRows();
      TableLedger.Entry table = tableOf(statement, 1);
      table.rowsCome();
      rowsOf = table;
      if (table.inheriting() && statement.readsRows()) {
        table.columns(DumpRows.columns(decoded(copy)));
      }
    } else if (statement.starts("select")) {
      noteSequence(statement);
    }
  }

  private String decoded(TokenBuffer text) {
    return Encodings.decode(text.copy(), session.charset());
  }

  private void noteSequence(Statement statement) {
    SequenceValue value = SequenceStatement.read(statement, session);
    if (value == null) {
      defect("has a setval that cannot be read");
    } else {
      sequences.put(value.name(), value);
    }
  }

  private void noteSchema(Statement statement) {
    String kind = CreateKind.of(statement);
    if (kind != null) {
      creates = true;
      objects.merge(kind, 1, Integer::sum);
    }
    keys |= "index".equals(kind) || addsConstraint(statement);
    clears |= statement.starts("drop");
    owners |= statement.starts("alter") && statement.find(2, "owner") > 0;
    ddl.note(statement);
    demands.note(statement);
    String encoding = session.encoding();
    if (encoding != null && !Encodings.safe(encoding)) {
      defect(
          "is in " + encoding + ", which cannot be read safely: take it in the server's encoding");
    }
  }

  private static boolean addsConstraint(Statement statement) {
    int constraint = statement.starts("alter", "table") ? statement.find(2, "constraint") : -1;
    return constraint > 0 && statement.wordAt(constraint - 1, "add");
  }

  @Override
  public void rows(byte[] b, int from, int to, long lines) {
    TableLedger.Entry table = rowsOf;
    if (table != null) {
      table.addCopied(b, from, to, lines);
      rows += lines;
    }
  }

  @Override
  public void rowsEnd(byte[] marker) {
    carriageReturns |= marker.length > MARKER_LENGTH;
    rowsOf = null;
  }

  @Override
  public void defect(String what) {
    if (defects.size() < MAX_DEFECTS) {
      defects.add(what);
    }
  }

  /** Makes the counters visible to other threads. */
  void publishProgress() {
    rowsSoFar = rows;
    tablesSoFar = tables.size();
  }

  long rowsSoFar() {
    return rowsSoFar;
  }

  long tablesSoFar() {
    return tablesSoFar;
  }

  Envelope header() {
    return envelope;
  }

  DumpDemands demands() {
    return demands.read();
  }

  DumpTraits traits() {
    return new DumpTraits(
        envelope.ofWholeInstance(),
        creates,
        copies,
        inserts,
        keys,
        clears,
        owners,
        carriageReturns,
        tables.withoutRows(),
        tables.rootsOfRows());
  }

  /** What is wrong with the dump if it ends here. */
  List<String> defects() {
    List<String> all = new ArrayList<>(defects);
    String open = lexer.openConstruct();
    if (lexer.insideRows() && rowsOf != null) {
      all.add("ends inside the rows of " + rowsOf.name() + ", after " + rowsOf.rows() + " of them");
    } else if (open != null) {
      all.add("ends inside " + open);
    }
    envelope.addDefects(all);
    return all;
  }

  /** Completes the fingerprint. */
  Fingerprint fingerprint() {
    return new Fingerprint(
        tables.finish(),
        List.copyOf(sequences.values()),
        new LargeObjects(largeObjectCount, Sha256.from(largeObjects)),
        objects,
        schema.finish());
  }

  /**
   * Completes the same, whatever the order of columns.
   *
   * @param plain what {@link #fingerprint} returned
   */
  NamedContents named(Fingerprint plain) {
    Set<TableName> types = new HashSet<>();
    for (String each : schema.types()) {
      byte[] written = each.getBytes(StandardCharsets.ISO_8859_1);
      TableName type = Names.parse(Encodings.decode(written, session.charset()), session);
      if (type != null) {
        types.add(type);
      }
    }
    return new NamedContents(
        new Fingerprint(
            tables.finishByName(plain.tables()),
            plain.sequences(),
            plain.largeObjects(),
            plain.objects(),
            schema.finishNamed()),
        tables.columns(),
        types);
  }
}
