package com.conitrack.backup.core.model;

import java.util.List;
import java.util.Set;
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
 * @param demands what the dump's own statements ask; null in manifests of earlier versions, and
 *     where there is no dump
 */
public record Requirements(
    List<String> roles,
    List<Extension> extensions,
    List<String> tablespaces,
    List<String> collations,
    @Nullable Locale locale,
    List<String> settings,
    @Nullable String globals,
    List<String> remarks,
    @Nullable DumpDemands demands) {

  /** A database that needs nothing. */
  public static final Requirements NONE =
      new Requirements(
          List.of(), List.of(), List.of(), List.of(), null, List.of(), null, List.of());

  /** Where the dump's statements have not been read. */
  public Requirements(
      List<String> roles,
      List<Extension> extensions,
      List<String> tablespaces,
      List<String> collations,
      @Nullable Locale locale,
      List<String> settings,
      @Nullable String globals,
      List<String> remarks) {
    this(roles, extensions, tablespaces, collations, locale, settings, globals, remarks, null);
  }

  public Requirements {
    roles = List.copyOf(roles);
    extensions = List.copyOf(extensions);
    tablespaces = List.copyOf(tablespaces);
    collations = List.copyOf(collations);
    settings = List.copyOf(settings);
    remarks = List.copyOf(remarks);
  }

  /** The same, with what the dump's statements ask. */
  public Requirements with(DumpDemands read) {
    return withRoles(roles, read);
  }

  /**
   * What is needed if some of the dump is left out. Roles that the dump does not name, such as the
   * database's owner, are not needed where ownership is left out.
   */
  public Requirements without(LeftOut leftOut) {
    DumpDemands all = demands;
    if (all != null) {
      DumpDemands rest = all.without(leftOut);
      return withRoles(rolesWithout(leftOut, all.roles(), rest.roles()), rest);
    }
    boolean unnamed = leftOut.has(LeaveOut.OWNERSHIP) && leftOut.has(LeaveOut.PRIVILEGES);
    return withRoles(unnamed ? List.of() : roles, null);
  }

  private List<String> rolesWithout(LeftOut leftOut, Set<String> named, Set<String> needed) {
    boolean others = !leftOut.has(LeaveOut.OWNERSHIP);
    return roles.stream()
        .filter(role -> named.contains(role) ? needed.contains(role) : others)
        .toList();
  }

  private Requirements withRoles(List<String> some, @Nullable DumpDemands read) {
    return new Requirements(
        some, extensions, tablespaces, collations, locale, settings, globals, remarks, read);
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
