package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.SideLoad;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.port.SideTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes tables in a schema of their own. */
final class PgSideLoad implements SideLoad {
  /** What default privileges of the user have given to others. */
  private static final String REVOKE =
      """
      DO $conitrack$
      DECLARE
        each record;
      BEGIN
        FOR each IN SELECT c.oid::regclass AS "table", a.grantee FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
             WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = %1$s) AND a.grantee <> c.relowner LOOP
          EXECUTE format('REVOKE ALL ON TABLE %%s FROM %%s', each."table",
            CASE each.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(each.grantee)) END);
        END LOOP;
        FOR each IN SELECT a.grantee FROM pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a
             WHERE n.nspname = %1$s AND a.grantee <> n.nspowner LOOP
          EXECUTE format('REVOKE ALL ON SCHEMA %%I FROM %%s', %1$s,
            CASE each.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(each.grantee)) END);
        END LOOP;
      END
      $conitrack$
      """;

  private final TableSession session;
  private final SideSchema schema;
  private final Map<TableName, String> names = new HashMap<>();
  private final List<String> told = new ArrayList<>();

  private PgSideLoad(TableSession session, SideSchema schema) {
    this.session = session;
    this.schema = schema;
  }

  /** Takes the session over, also when this fails. */
  static SideLoad begin(TableSession session, SideSchema schema, List<SideTable> tables) {
    PgSideLoad load = new PgSideLoad(session, schema);
    try {
      load.create(tables);
      return load;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void create(List<SideTable> tables) {
    String name = Sql.identifier(schema.name());
    session.execute("CREATE SCHEMA " + name);
    session.execute("COMMENT ON SCHEMA " + name + " IS " + Sql.literal(schema.comment()));
    List<String> missing = new ArrayList<>();
    for (SideTable table : tables) {
      names.put(table.source(), table.table().toSql());
      String failure = create(table);
      if (failure != null) {
        missing.add("table " + table.source() + ": " + failure);
      }
    }
    if (!missing.isEmpty()) {
      throw new DatabaseException(
          ErrorKind.RULE,
          session.what(),
          "the database lacks what they are defined with: " + String.join("; ", missing),
          "make that, or restore the whole backup into an empty database with 'restore-to'");
    }
  }

  private @Nullable String create(SideTable table) {
    String before = null;
    for (String definition : table.definitions()) {
      String failure = session.attempt(definition);
      if (failure == null && before != null) {
        told.add("table " + table.source() + " was made of its columns alone: " + before);
      }
      if (failure == null) {
        return null;
      }
      before = failure;
    }
    return before;
  }

  @Override
  public void load(RowSource source) {
    session.load(source, names::get);
  }

  @Override
  public List<String> complete(List<String> statements) {
    List<String> failures = new ArrayList<>(told);
    for (String statement : statements) {
      String failure = session.attempt(statement);
      if (failure != null) {
        failures.add("left out: " + statement.strip() + ": " + failure);
      }
    }
    session.execute(REVOKE.formatted(Sql.literal(schema.name())));
    return failures;
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
