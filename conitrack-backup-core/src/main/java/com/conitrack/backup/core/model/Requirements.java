package com.conitrack.backup.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server must offer before a dump of this database can be restored on it: what the dump
 * alone lacks.
 *
 * @param roles names of roles that own objects or hold privileges
 * @param extensions extensions installed
 * @param tablespaces tablespaces used besides the default
 * @param collations names of collations of the server's own (not those that the dump creates) that
 *     objects use besides the default
 * @param locale the database's own locale settings
 * @param settings the database's settings ({@code ALTER DATABASE … SET}), as SQL {@code
 *     name=value}; per-role ones start with {@code role name: }
 * @param globals roles and memberships as SQL, without passwords ({@code pg_dumpall --globals-only
 *     --no-role-passwords}); null where the server did not permit reading them
 * @param remarks what could not be read, and why
 */
public record Requirements(
    List<String> roles,
    List<Extension> extensions,
    List<String> tablespaces,
    List<String> collations,
    @Nullable Locale locale,
    List<String> settings,
    @Nullable String globals,
    List<String> remarks) {

  /** A database that needs nothing. */
  public static final Requirements NONE =
      new Requirements(
          List.of(), List.of(), List.of(), List.of(), null, List.of(), null, List.of());

  public Requirements {
    roles = List.copyOf(roles);
    extensions = List.copyOf(extensions);
    tablespaces = List.copyOf(tablespaces);
    collations = List.copyOf(collations);
    settings = List.copyOf(settings);
    remarks = List.copyOf(remarks);
  }

  /**
   * An installed extension.
   *
   * @param name its name
   * @param version the version installed
   * @param schema the schema it lives in
   */
  public record Extension(String name, String version, String schema) {}

  /**
   * Locale of a database.
   *
   * @param provider {@code libc}, {@code icu} or {@code builtin}
   * @param collate {@code LC_COLLATE}
   * @param ctype {@code LC_CTYPE}
   * @param collationVersion as recorded when the database was created, null where there is none
   */
  public record Locale(
      String provider, String collate, String ctype, @Nullable String collationVersion) {}
}
