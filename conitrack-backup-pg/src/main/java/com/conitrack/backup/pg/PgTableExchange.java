package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.ExchangeRequest;
import com.conitrack.backup.core.port.TableChange;
import com.conitrack.backup.core.port.TableExchange;
import com.conitrack.backup.core.port.TableSurroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exchanges rows through JDBC: compared and moved by the server, loaded into temporary tables. */
final class PgTableExchange implements TableExchange {
  /** Matviews, directly or through views. */
  private static final String VIEWS =
      """
      WITH RECURSIVE used AS (
        SELECT unnest(string_to_array(?, ',')::oid[]) AS oid
        UNION
        SELECT w.ev_class FROM used u JOIN pg_catalog.pg_depend d ON d.refobjid = u.oid
           AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.classid = 'pg_catalog.pg_rewrite'::regclass
          JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid)
      SELECT c.oid::regclass::text FROM used u JOIN pg_catalog.pg_class c USING (oid) WHERE c.relkind = 'm' ORDER BY 1
      """;

  private final TableSession session;
  private final List<LiveTable> tables;
  private final List<RowDifference> differences;
  private final ForeignKeys keys;
  private final KeptTriggers triggers;
  private final TableSequences sequences;
  private final List<String> obstacles;
  private final Map<TableName, String> targets = new HashMap<>();
  private List<TableChange> changes = List.of();

  private PgTableExchange(TableSession session, LiveTablesReader found) {
    this.session = session;
    this.tables = found.tables();
    this.differences = tables.stream().map(each -> new RowDifference(session, each)).toList();
    this.keys = new ForeignKeys(session, tables);
    this.triggers = new KeptTriggers(session, tables);
    this.sequences = new TableSequences(session, tables);
    List<String> all = new ArrayList<>(found.obstacles());
    all.addAll(keys.obstacles());
    this.obstacles = List.copyOf(all);
  }

  /** Takes the session over, also when this fails. */
  static TableExchange begin(TableSession session, ExchangeRequest request) {
    try {
      PgTableExchange exchange =
          new PgTableExchange(session, new LiveTablesReader(session).read(request.tables()));
      if (exchange.obstacles.isEmpty()) {
        exchange.prepare();
      }
      return exchange;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void prepare() {
    differences.forEach(RowDifference::prepare);
    for (LiveTable table : tables) {
      targets.put(table.wanted().name(), table.rows());
      table.wanted().parts().forEach(part -> targets.put(part, table.rows()));
    }
  }

  @Override
  public List<String> obstacles() {
    return obstacles;
  }

  @Override
  public TableSurroundings surroundings() {
    return new TableSurroundings(
        triggers.told(),
        keys.told(),
        sequences.told(),
        session.list(VIEWS, row -> row.getString(1), Oids.of(tables)));
  }

  @Override
  public void load(RowSource source) {
    session.load(source, targets::get);
    differences.forEach(RowDifference::loaded);
  }

  @Override
  public void hold() {
    session.execute(
        "LOCK TABLE " + String.join(", ", keys.toLock()) + " IN SHARE ROW EXCLUSIVE MODE");
  }

  @Override
  public Comparison compare() {
    changes = differences.stream().map(RowDifference::compare).toList();
    return new Comparison(changes, keys.violations(changed()));
  }

  private List<LiveTable> changed() {
    return tables.stream().filter(this::isChanged).toList();
  }

  private boolean isChanged(LiveTable table) {
    return !changes.get(table.number() - 1).nothing();
  }

  @Override
  public List<String> apply(List<SequenceValue> values) {
    List<String> before = TouchedSchema.read(session, keys.touched());
    session.execute("SET CONSTRAINTS ALL IMMEDIATE");
    List<LiveTable> changed = changed();
    List<RowDifference> work =
        differences.stream()
            .filter(each -> isChanged(tables.get(differences.indexOf(each))))
            .toList();
    keys.drop(changed);
    triggers.disable();
    work.forEach(RowDifference::remove);
    work.forEach(RowDifference::add);
    triggers.restore();
    keys.create(changed);
    requireEqual();
    requireUnchanged(before);
    return sequences.advance(values);
  }

  private void requireEqual() {
    for (int i = 0; i < tables.size(); i++) {
      if (!differences.get(i).equal()) {
        throw broken(
            "table " + tables.get(i).wanted().name() + " has not become equal to the backup",
            "the server keeps values otherwise than they were, perhaps by a generated column or"
                + " another version of a type: restore it beside with 'restore-tables'");
      }
    }
  }

  private void requireUnchanged(List<String> before) {
    List<String> after = TouchedSchema.read(session, keys.touched());
    if (!after.equals(before)) {
      List<String> gone = new ArrayList<>(before);
      gone.removeAll(after);
      List<String> come = new ArrayList<>(after);
      come.removeAll(before);
      throw broken(
          "constraints or triggers would not be what they were: " + gone + " became " + come,
          "see whether an event trigger does that, or restore the tables beside");
    }
  }

  private DatabaseException broken(String why, String hint) {
    return new DatabaseException(
        ErrorKind.RULE, session.what(), why, "nothing was changed; " + hint);
  }

  @Override
  public String id() {
    return session.id();
  }

  @Override
  public void commit() {
    session.commit();
  }

  @Override
  public void close() {
    session.close();
  }
}
