package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.Requirements.Extension;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads out of a dump's statements what they ask of the server and of whoever runs them. */
final class DemandStatements {
  private static final String UNKNOWN = "unknown";

  private final Session session;
  private final Set<String> owners = new TreeSet<>();
  private final Set<String> grantees = new TreeSet<>();
  private final Set<String> grantors = new TreeSet<>();
  private final Set<String> otherRoles = new TreeSet<>();
  private final TreeMap<String, Extension> extensions = new TreeMap<>();
  private final Set<String> extensionComments = new TreeSet<>();
  private final Set<String> tablespaces = new TreeSet<>();
  private final Set<String> settings = new TreeSet<>();
  private int eventTriggers;
  private int allPublications;
  private int subscriptions;

  DemandStatements(Session session) {
    this.session = session;
  }

  void note(Statement s) {
    if (!s.has(3) || s.token(0).kind() != Token.Kind.WORD) {
      return;
    }
    switch (Names.fold(s.token(0), null)) {
      case "alter" -> noteAlter(s);
      case "grant" -> noteGrant(s, 1, "to");
      case "revoke" -> noteGrant(s, 1, "from");
      case "create" -> noteCreate(s);
      case "comment" -> noteComment(s);
      case "set" -> noteSet(s);
      default -> {
        // Asks for nothing.
      }
    }
  }

  private void noteAlter(Statement s) {
    if (s.starts("alter", "default", "privileges")) {
      noteDefaults(s);
      return;
    }
    if (s.starts("alter", "publication")) {
      allPublications += s.find(3, "schema") > 0 ? 1 : 0;
    }
    int owner = OwnerClause.in(s);
    if (owner > 0) {
      addRole(owners, s, owner + 2);
    }
  }

  /** {@code ALTER DEFAULT PRIVILEGES FOR ROLE role [IN SCHEMA …] GRANT … TO role}. */
  private void noteDefaults(Statement s) {
    if (s.wordAt(3, "for")) {
      addRole(grantors, s, 5);
    }
    boolean grants = s.find(6, "grant") > 0;
    noteGrant(s, 6, grants ? "to" : "from");
  }

  /** Names of objects may be those words, so the last one counts. */
  private void noteGrant(Statement s, int from, String before) {
    int last = -1;
    for (int i = s.find(from, before); i > 0; i = s.find(i + 1, before)) {
      last = i;
    }
    if (last > 0) {
      addRoles(grantees, s, last + 1);
    }
  }

  private void noteCreate(Statement s) {
    if (s.starts("create", "extension")) {
      noteExtension(s);
    } else if (s.starts("create", "event", "trigger")) {
      eventTriggers++;
    } else if (s.starts("create", "subscription")) {
      subscriptions++;
    } else if (s.starts("create", "publication")) {
      allPublications += s.find(3, "all") > 0 || s.find(3, "schema") > 0 ? 1 : 0;
    } else if (s.starts("create", "user", "mapping", "for")) {
      addRole(otherRoles, s, 4);
    } else if (s.starts("create", "policy")) {
      int to = s.find(4, "to");
      if (to > 0) {
        addRoles(otherRoles, s, to + 1);
      }
    }
  }

  /** {@code CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA schema]}. */
  private void noteExtension(Statement s) {
    String name = nameAt(s, s.starts("create", "extension", "if", "not", "exists") ? 5 : 2);
    int schema = s.find(3, "schema");
    String in = schema > 0 ? nameAt(s, schema + 1) : null;
    if (name != null) {
      extensions.put(name, new Extension(name, UNKNOWN, in == null ? UNKNOWN : in));
    }
  }

  private void noteComment(Statement s) {
    String name = s.starts("comment", "on", "extension") ? nameAt(s, 3) : null;
    if (name != null) {
      extensionComments.add(name);
    }
  }

  private void noteSet(Statement s) {
    if (s.starts("set", "session", "authorization")) {
      addRole(grantors, s, 3);
      return;
    }
    String setting = SettingNames.of(s);
    if (setting == null) {
      return;
    }
    settings.add(setting);
    String value = setting.equals("default_tablespace") && s.has(4) ? textAt(s, 3) : "";
    if (!value.isEmpty()) {
      tablespaces.add(value);
    }
  }

  private void addRoles(Set<String> roles, Statement s, int from) {
    int i = from;
    addRole(roles, s, i);
    while (s.symbolAt(i + 1, ',')) {
      i += 2;
      addRole(roles, s, i);
    }
  }

  private void addRole(Set<String> roles, Statement s, int index) {
    boolean standsForOthers =
        s.wordAt(index, "public")
            || s.wordAt(index, "default")
            || s.wordAt(index, "current_user")
            || s.wordAt(index, "session_user")
            || s.wordAt(index, "current_role");
    if (s.has(index + 1) && !standsForOthers) {
      String name = textAt(s, index);
      if (!name.startsWith("pg_")) { // Those the server has of its own.
        roles.add(name);
      }
    }
  }

  private @Nullable String nameAt(Statement s, int index) {
    return s.has(index + 1) && s.token(index).isName() ? textAt(s, index) : null;
  }

  private String textAt(Statement s, int index) {
    return Names.fold(s.token(index), session.charset());
  }

  DumpDemands read() {
    return new DumpDemands(
        List.copyOf(owners),
        List.copyOf(grantees),
        List.copyOf(grantors),
        List.copyOf(otherRoles),
        List.copyOf(extensions.values()),
        List.copyOf(extensionComments),
        eventTriggers,
        allPublications,
        subscriptions,
        List.copyOf(tablespaces),
        List.copyOf(settings));
  }
}
