package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sequences that number rows of tables, which only ever go on. */
final class TableSequences {
  private static final String SEQUENCES =
      """
      SELECT DISTINCT n.nspname, s.relname, a.attrelid::regclass::text, a.attname, q.seqincrement, q.seqmin, q.seqmax,
             pg_catalog.pg_has_role(s.relowner, 'USAGE'),
             a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype), t.relkind = 'p'
        FROM (SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number FROM pg_catalog.pg_depend d
               WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
                 AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
               UNION SELECT d.refobjid, e.adrelid, e.adnum FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_attrdef e ON e.oid = d.objid
               WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass) o
        JOIN pg_catalog.pg_sequence q ON q.seqrelid = o.sequence JOIN pg_catalog.pg_class s ON s.oid = o.sequence
        JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = o.relation AND a.attnum = o.number
        JOIN pg_catalog.pg_class t ON t.oid = o.relation
       WHERE o.relation = ANY (string_to_array(?, ',')::oid[]) ORDER BY 1, 2, 3, 4
      """;

  private final TableSession session;
  private final List<Numbering> numberings;

  private record Numbering(
      TableName sequence,
      String table,
      String column,
      long increment,
      long least,
      long greatest,
      boolean owned,
      boolean whole) {}

  TableSequences(TableSession session, List<LiveTable> tables) {
    this.session = session;
    this.numberings =
        session.list(
            SEQUENCES,
            row ->
                new Numbering(
                    new TableName(row.getString(1), row.getString(2)),
                    (row.getBoolean(10) ? "" : "ONLY ") + row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getBoolean(8),
                    row.getBoolean(9)),
            Oids.of(tables));
  }

  List<String> told() {
    return numberings.stream().map(each -> each.sequence().toString()).distinct().toList();
  }

  /** Moves each on that would hand out what the backup has handed out or a row has. */
  List<String> advance(List<SequenceValue> values) {
    List<String> told = new ArrayList<>();
    for (Numbering each : numberings) {
      Long wanted = later(each, inBackup(each, values), inRows(each));
      if (wanted != null && isBehind(each, wanted)) {
        told.add(move(each, wanted));
      }
    }
    return told;
  }

  private @Nullable Long inBackup(Numbering each, List<SequenceValue> values) {
    return values.stream()
        .filter(value -> value.name().equals(each.sequence()))
        .map(value -> next(each, value.value(), value.called()))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Long inRows(Numbering each) {
    if (!each.whole()) {
      return null;
    }
    String sql =
        "SELECT %s(%s) FROM %s"
            .formatted(
                each.increment() > 0 ? "max" : "min", Sql.identifier(each.column()), each.table());
    String last = session.list(sql, row -> "" + row.getString(1)).get(0);
    return last.equals("null") ? null : next(each, Long.parseLong(last), true);
  }

  private static long next(Numbering each, long value, boolean called) {
    if (!called) {
      return value;
    }
    long next = value + each.increment();
    boolean overflowed = (each.increment() > 0) != (next > value);
    return overflowed ? value : next;
  }

  private static @Nullable Long later(Numbering each, @Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return each.increment() > 0 ? Math.max(a, b) : Math.min(a, b);
  }

  private boolean isBehind(Numbering each, long wanted) {
    long now =
        session
            .list(
                "SELECT last_value, is_called FROM " + each.sequence().toSql(),
                row -> next(each, row.getLong(1), row.getBoolean(2)))
            .get(0);
    return each.increment() > 0 ? now < wanted : now > wanted;
  }

  private String move(Numbering each, long wanted) {
    String sequence = each.sequence().toSql();
    if (!each.owned()) {
      return "sequence %s is behind and belongs to somebody else: have it set to %d"
          .formatted(each.sequence(), wanted);
    }
    if (wanted < each.least() || wanted > each.greatest()) {
      return "sequence %s is at its end".formatted(each.sequence());
    }
    // This alters nothing, but from here on nobody takes a number until the transaction ends.
    session.execute("ALTER SEQUENCE " + sequence + " INCREMENT BY " + each.increment());
    if (isBehind(each, wanted)) {
      session.execute("ALTER SEQUENCE " + sequence + " RESTART WITH " + wanted);
    }
    return "sequence %s goes on at %d".formatted(each.sequence(), wanted);
  }
}
