package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.Requirements.Extension;
import com.conitrack.backup.core.model.Requirements.Locale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the database needs of its server. Each part is read by itself: what cannot be read
 * becomes a remark.
 */
final class RequirementsReader {
  private static final int PROVIDER_SINCE = 15;
  private static final int DATLOCALE_SINCE = 17;

  /**
   * Owners and holders of privileges. {@code pg_shdepend} leaves out the role that initdb made,
   * which another server may not have, so owners are read besides.
   */
  private static final String ROLES =
      """
      WITH this AS (SELECT oid, datdba FROM pg_database WHERE datname = current_database()),
      needed AS (
        SELECT d.refobjid AS oid FROM pg_shdepend d, this
         WHERE d.refclassid = 'pg_authid'::regclass
           AND (d.dbid = this.oid OR d.classid = 'pg_database'::regclass AND d.objid = this.oid)
        UNION SELECT datdba FROM this
        UNION SELECT setrole FROM pg_db_role_setting s, this WHERE s.setdatabase = this.oid
        UNION SELECT relowner FROM pg_class WHERE oid >= 16384 AND relkind <> 't'
        UNION SELECT nspowner FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_'
        UNION SELECT proowner FROM pg_proc WHERE oid >= 16384
        UNION SELECT typowner FROM pg_type WHERE oid >= 16384
      )
      SELECT r.rolname FROM needed JOIN pg_roles r USING (oid) WHERE r.rolname !~ '^pg_' ORDER BY 1
      """;

  private static final String EXTENSIONS =
      """
      SELECT e.extname, e.extversion, n.nspname
        FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
       WHERE e.oid >= 16384 ORDER BY 1
      """;

  private static final String TABLESPACES =
      """
      SELECT DISTINCT t.spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace
       WHERE t.spcname <> 'pg_global' ORDER BY 1
      """;

  private static final String COLLATIONS =
      """
      WITH used AS (
        SELECT a.attcollation AS oid FROM pg_attribute a WHERE a.attrelid >= 16384
        UNION SELECT typcollation FROM pg_type WHERE oid >= 16384
        UNION SELECT unnest(indcollation) FROM pg_index WHERE indexrelid >= 16384
        UNION SELECT refobjid FROM pg_depend WHERE refclassid = 'pg_collation'::regclass
      )
      SELECT c.collname FROM used JOIN pg_collation c USING (oid)
       WHERE c.oid < 16384 AND c.collname NOT IN ('default', 'C', 'POSIX') ORDER BY 1
      """;

  private static final String SETTINGS =
      """
      SELECT CASE WHEN r.rolname IS NULL THEN '' ELSE 'role ' || r.rolname || ': ' END, unnest(s.setconfig)
        FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole
       WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
       ORDER BY 1, 2
      """;

  private final Session session;
  private final GlobalsReader globals;
  private final List<String> remarks = new ArrayList<>();

  RequirementsReader(Session session, GlobalsReader globals) {
    this.session = session;
    this.globals = globals;
  }

  Requirements read() {
    return new Requirements(
        list("roles", () -> session.strings(ROLES)),
        list("extensions", this::extensions),
        list("tablespaces", () -> session.strings(TABLESPACES)),
        list("collations", () -> session.strings(COLLATIONS)),
        readOrRemark("locale", this::locale),
        list("settings", this::settings),
        readOrRemark("definitions of roles", () -> globals.read(session.serverVersion())),
        remarks);
  }

  private List<Extension> extensions() {
    return session.list(
        EXTENSIONS, row -> new Extension(row.getString(1), row.getString(2), row.getString(3)));
  }

  private List<String> settings() {
    return session.list(SETTINGS, row -> row.getString(1) + Secrets.maskSetting(row.getString(2)));
  }

  private @Nullable Locale locale() {
    int major = session.serverVersion().major();
    if (major < PROVIDER_SINCE) {
      return readLocale("'libc', datcollate, datctype, NULL");
    }
    String ofProvider = major < DATLOCALE_SINCE ? "daticulocale" : "datlocale";
    return readLocale(
        "CASE datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END, coalesce("
            + ofProvider
            + ", datcollate), datctype, datcollversion");
  }

  private @Nullable Locale readLocale(String columns) {
    return session
        .first(
            "SELECT " + columns + " FROM pg_database WHERE datname = current_database()",
            row ->
                new Locale(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .orElse(null);
  }

  private <T> List<T> list(String part, Supplier<List<T>> reading) {
    List<T> read = readOrRemark(part, reading);
    return read == null ? List.of() : read;
  }

  private <T> @Nullable T readOrRemark(String part, Supplier<? extends @Nullable T> reading) {
    try {
      return reading.get();
    } catch (DatabaseException e) {
      remarks.add("the " + part + " could not be read: " + e.why());
      return null;
    }
  }
}
