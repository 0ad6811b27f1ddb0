package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives one database what belongs to another as a whole and stands in no dump made without {@code
 * --create}: owner, privileges, settings, connection limit, security labels, comment. What the user
 * is not allowed to carry over becomes a remark; each statement has a savepoint for that.
 */
final class CarriedSettings {
  private static final String PRIVILEGES =
      """
      SELECT coalesce(r.rolname, ''), a.privilege_type, a.is_grantable, a.grantee = 0,
             CASE WHEN a.grantor <> d.datdba THEN pg_catalog.pg_get_userbyid(a.grantor) END
        FROM pg_catalog.pg_database d
       CROSS JOIN pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba)))
             WITH ORDINALITY a(grantor, grantee, privilege_type, is_grantable, place)
        LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
       WHERE d.oid::bigint = ? ORDER BY a.place
      """;

  private static final String SETTINGS =
      """
      SELECT r.rolname, pg_catalog.unnest(s.setconfig)
        FROM pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
       WHERE s.setdatabase::bigint = ? ORDER BY 1 NULLS FIRST, 2
      """;

  private static final String LABELS =
      """
      SELECT provider, label FROM pg_catalog.pg_shseclabel
       WHERE classoid = 'pg_catalog.pg_database'::pg_catalog.regclass AND objoid::bigint = ?
      """;

  private final Session session;
  private final long from;
  private final String name;
  private final String to;
  private final List<String> remarks = new ArrayList<>();

  /**
   * @param session inside a transaction
   * @param from number of the one to take from
   * @param name name of the one to give to
   */
  CarriedSettings(Session session, long from, String name) {
    this.session = session;
    this.from = from;
    this.name = name;
    this.to = "DATABASE " + Sql.identifier(name);
  }

  /**
   * @param grantor who gave it, null for the owner
   */
  private record Privilege(
      String grantee, String privilege, boolean grantable, @Nullable String grantor) {
    String grant(String on) {
      return "GRANT "
          + privilege
          + " ON "
          + on
          + " TO "
          + grantee
          + (grantable ? " WITH GRANT OPTION" : "");
    }
  }

  /** Returns what could not be carried over, one sentence each. */
  List<String> carry() {
    carryOwner();
    carryPrivileges();
    carrySettings();
    carryLimit();
    carryLabels();
    carryComment();
    return remarks;
  }

  private void carryOwner() {
    String owner =
        text(
            "SELECT rolname FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r"
                + " ON r.oid = d.datdba WHERE d.oid::bigint = ?");
    if (owner != null) {
      attempt("the owner " + owner, "ALTER " + to + " OWNER TO " + Sql.identifier(owner));
    }
  }

  private void carryPrivileges() {
    List<Privilege> wanted = privileges(from);
    List<Privilege> present = privileges(numberOfTarget());
    if (Set.copyOf(wanted).equals(Set.copyOf(present))) {
      return;
    }
    Set<String> grantees = new LinkedHashSet<>();
    present.forEach(each -> grantees.add(each.grantee()));
    grantees.forEach(
        each -> attempt("the privileges of " + each, "REVOKE ALL ON " + to + " FROM " + each));
    wanted.forEach(this::grant);
  }

  /**
   * The server keeps privileges in an order in which each may be given. In somebody else's name
   * only a member may give one; failing that the owner gives it.
   */
  private void grant(Privilege privilege) {
    String what = "the privilege " + privilege.privilege() + " of " + privilege.grantee();
    String grantor = privilege.grantor();
    String grant = privilege.grant(to);
    if (grantor == null) {
      attempt(what, grant);
    } else if (!attempt(
        what + " in the name of " + grantor + ", who had granted it,",
        "SET LOCAL ROLE " + Sql.identifier(grantor) + "; " + grant + "; RESET ROLE")) {
      attempt(what, grant);
    }
  }

  private List<Privilege> privileges(long database) {
    return session.list(
        PRIVILEGES,
        row ->
            new Privilege(
                row.getBoolean(4) ? "PUBLIC" : Sql.identifier(row.getString(1)),
                row.getString(2),
                row.getBoolean(3),
                row.getString(5)),
        database);
  }

  private long numberOfTarget() {
    return session
        .first(
            "SELECT oid FROM pg_catalog.pg_database WHERE datname = ?", row -> row.getLong(1), name)
        .orElseThrow();
  }

  private void carrySettings() {
    record Setting(@Nullable String role, String text) {}
    for (Setting each :
        session.list(SETTINGS, row -> new Setting(row.getString(1), row.getString(2)), from)) {
      int equals = each.text().indexOf('=');
      String parameter = each.text().substring(0, equals);
      String whose =
          each.role() == null
              ? "ALTER " + to
              : "ALTER ROLE " + Sql.identifier(each.role()) + " IN " + to;
      attempt(
          "the setting " + parameter + (each.role() == null ? "" : " of role " + each.role()),
          whose
              + " SET "
              + SettingValue.parameter(parameter)
              + " TO "
              + SettingValue.of(parameter, each.text().substring(equals + 1)));
    }
  }

  private void carryLimit() {
    String limit =
        text("SELECT datconnlimit::text FROM pg_catalog.pg_database WHERE oid::bigint = ?");
    if (limit != null && !limit.equals("-1")) {
      attempt("the connection limit", "ALTER " + to + " CONNECTION LIMIT " + limit);
    }
  }

  private void carryLabels() {
    record Label(String provider, String text) {}
    for (Label each :
        session.list(LABELS, row -> new Label(row.getString(1), row.getString(2)), from)) {
      attempt(
          "the security label of " + each.provider(),
          "SECURITY LABEL FOR "
              + Sql.identifier(each.provider())
              + " ON "
              + to
              + " IS "
              + Sql.literal(each.text()));
    }
  }

  private void carryComment() {
    String comment = text("SELECT pg_catalog.shobj_description(?::oid, 'pg_database')");
    attempt(
        "the comment",
        "COMMENT ON " + to + " IS " + (comment == null ? "NULL" : Sql.literal(comment)));
  }

  private @Nullable String text(String sql) {
    List<@Nullable String> rows = session.list(sql, row -> row.getString(1), from);
    return rows.isEmpty() ? null : rows.get(0);
  }

  /** Whether it was done; otherwise that is remarked. */
  private boolean attempt(String what, String sql) {
    session.execute("SAVEPOINT conitrack_carry");
    try {
      session.execute(sql);
      session.execute("RELEASE SAVEPOINT conitrack_carry");
      return true;
    } catch (DatabaseException e) {
      session.execute("ROLLBACK TO SAVEPOINT conitrack_carry");
      remarks.add(what + " could not be carried over: " + e.why());
      return false;
    }
  }
}
