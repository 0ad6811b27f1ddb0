package com.conitrack.backup.pg;

import java.util.ArrayList;
import java.util.List;

/**
 * The user's triggers on tables: kept from firing one by one, for {@code DISABLE TRIGGER ALL} needs
 * a superuser, and put back into the state that each was in.
 */
final class KeptTriggers {
  /** Parents go first: what is done to one may be done to its partitions too. */
  private static final String TRIGGERS =
      """
      SELECT t.tgrelid::regclass::text, t.tgname, t.tgenabled::text
        FROM unnest(string_to_array(?, ',')::oid[]) WITH ORDINALITY AS w (oid, place)
        JOIN pg_catalog.pg_trigger t ON t.tgrelid = w.oid
       WHERE NOT t.tgisinternal ORDER BY w.place, t.tgname
      """;

  private final TableSession session;
  private final List<Kept> triggers;

  private record Kept(String table, String name, String state) {}

  KeptTriggers(TableSession session, List<LiveTable> tables) {
    this.session = session;
    this.triggers =
        session.list(
            TRIGGERS,
            row -> new Kept(row.getString(1), row.getString(2), row.getString(3)),
            Oids.of(tables));
  }

  /** Each that fires, in words. */
  List<String> told() {
    List<String> told = new ArrayList<>();
    for (Kept each : triggers) {
      if (!each.state().equals("D")) {
        told.add(each.name() + " on " + each.table());
      }
    }
    return told;
  }

  void disable() {
    for (Kept each : triggers) {
      if (!each.state().equals("D")) {
        alter(each, "DISABLE");
      }
    }
  }

  void restore() {
    for (Kept each : triggers) {
      alter(
          each,
          switch (each.state()) {
            case "D" -> "DISABLE";
            case "R" -> "ENABLE REPLICA";
            case "A" -> "ENABLE ALWAYS";
            default -> "ENABLE";
          });
    }
  }

  private void alter(Kept trigger, String how) {
    session.execute(
        "ALTER TABLE ONLY "
            + trigger.table()
            + " "
            + how
            + " TRIGGER "
            + Sql.identifier(trigger.name()));
  }
}
