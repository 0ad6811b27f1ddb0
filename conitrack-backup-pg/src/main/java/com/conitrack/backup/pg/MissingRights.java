package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.Requirements.Extension;
import com.conitrack.backup.core.port.LoadPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user who is no superuser is not allowed to do of what a dump's statements ask, one
 * sentence each with its fix and with what to leave out instead.
 */
final class MissingRights {
  private static final int ROLES_CAN_BE_SET_SINCE = 16;
  private static final int SUBSCRIBERS_SINCE = 16;

  private static final String SUPERUSER =
      "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user";

  /** Roles that are there and that objects cannot be given to. */
  private static final String CLOSED_ROLES =
      """
      SELECT rolname FROM pg_catalog.pg_roles
       WHERE rolname::text = ANY (?) AND NOT pg_catalog.pg_has_role(current_user, oid, ?) ORDER BY 1
      """;

  /** Whose it is, if it is somebody else's. */
  private static final String OWNER_OF_EXTENSION =
      """
      SELECT pg_catalog.pg_get_userbyid(extowner) FROM pg_catalog.pg_extension
       WHERE extname = ? AND NOT pg_catalog.pg_has_role(current_user, extowner, 'USAGE')
      """;

  private static final String IS_MADE =
      "SELECT true FROM pg_catalog.pg_extension WHERE extname = ?";

  /** Extensions are trusted since version 13, where this column came. */
  private static final String NEEDS_SUPERUSER =
      """
      SELECT v.superuser AND NOT coalesce((to_jsonb(v) ->> 'trusted')::boolean, false)
        FROM pg_catalog.pg_available_extension_versions v
        JOIN pg_catalog.pg_available_extensions e ON e.name = v.name AND e.default_version = v.version
       WHERE v.name = ?
      """;

  private final Session session;
  private final LoadPlace place;
  private final String user;
  private final List<String> sentences = new ArrayList<>();

  MissingRights(Session session, LoadPlace place) {
    this.session = session;
    this.place = place;
    this.user = session.strings("SELECT current_user").get(0);
  }

  List<String> of(DumpDemands demands) {
    if (session.first(SUPERUSER, row -> row.getBoolean(1)).orElse(false)) {
      return List.of();
    }
    addOwners(demands.owners());
    addGrantors(demands.grantors());
    addExtensions(demands);
    addEventTriggers(demands);
    addPublications(demands);
    return sentences;
  }

  private void add(String what, LeaveOut instead) {
    sentences.add(what + ", or leave it out: --leave-out " + instead.word());
  }

  private void addOwners(List<String> owners) {
    for (String role : closed(owners)) {
      add(
          "the dump gives objects to role %s, which user %s may not: GRANT %s TO %s"
              .formatted(quoted(role), quoted(user), quoted(role), quoted(user)),
          LeaveOut.OWNERSHIP);
    }
  }

  private void addGrantors(List<String> grantors) {
    for (String role : closed(grantors)) {
      add(
          "the dump grants privileges in the name of role %s, which user %s may not: GRANT %s TO %s"
              .formatted(quoted(role), quoted(user), quoted(role), quoted(user)),
          LeaveOut.PRIVILEGES);
    }
  }

  private List<String> closed(List<String> roles) {
    if (roles.isEmpty()) {
      return List.of();
    }
    boolean setting = session.serverVersion().major() >= ROLES_CAN_BE_SET_SINCE;
    return session.strings(CLOSED_ROLES, roles.toArray(String[]::new), setting ? "SET" : "MEMBER");
  }

  private void addExtensions(DumpDemands demands) {
    Set<String> made = new TreeSet<>();
    demands.extensions().stream().map(Extension::name).forEach(made::add);
    for (String name : made) {
      if (!isThere(name) && needsSuperuser(name)) {
        sentences.add(
            "only a superuser may make extension %s: have it made, with CREATE EXTENSION %s, in %s"
                .formatted(
                    quoted(name),
                    quoted(name),
                    place == LoadPlace.THIS_DATABASE
                        ? "this database"
                        : "an empty database, and restore there with 'restore-to'"));
      }
    }
    for (String name : demands.extensionComments()) {
      addComment(name, made.contains(name));
    }
  }

  /** Whoever makes an extension owns it; one that is there may be somebody else's. */
  private void addComment(String extension, boolean madeByDump) {
    if (isThere(extension)) {
      for (String owner : session.strings(OWNER_OF_EXTENSION, extension)) {
        add(
            "the dump comments on extension %s, which belongs to role %s, so that user %s may not"
                .formatted(quoted(extension), quoted(owner), quoted(user)),
            LeaveOut.EXTENSION_COMMENTS);
      }
    } else if (!madeByDump) {
      add(
          "the dump comments on extension %s, which it does not make and which will not be there"
              .formatted(quoted(extension)),
          LeaveOut.EXTENSION_COMMENTS);
    }
  }

  /** plpgsql is in every new database. */
  private boolean isThere(String extension) {
    boolean asked = place == LoadPlace.THIS_DATABASE || extension.equals("plpgsql");
    return asked && !session.strings(IS_MADE, extension).isEmpty();
  }

  private boolean needsSuperuser(String extension) {
    return session.first(NEEDS_SUPERUSER, row -> row.getBoolean(1), extension).orElse(false);
  }

  private void addEventTriggers(DumpDemands demands) {
    if (demands.eventTriggers() > 0) {
      add(
          "the dump makes event triggers, which only superusers may: restore as one",
          LeaveOut.EVENT_TRIGGERS);
    }
  }

  private void addPublications(DumpDemands demands) {
    if (demands.allPublications() > 0) {
      add(
          "the dump makes publications of all tables, which only superusers may: restore as one",
          LeaveOut.PUBLICATIONS);
    }
    if (demands.subscriptions() > 0 && !maySubscribe()) {
      String fix =
          session.serverVersion().major() >= SUBSCRIBERS_SINCE
              ? "GRANT pg_create_subscription TO " + quoted(user)
              : "restore as a superuser";
      add(
          "the dump makes subscriptions, which user " + quoted(user) + " may not: " + fix,
          LeaveOut.PUBLICATIONS);
    }
  }

  private boolean maySubscribe() {
    return session.serverVersion().major() >= SUBSCRIBERS_SINCE
        && session
            .first(
                "SELECT pg_catalog.pg_has_role(current_user, 'pg_create_subscription', 'USAGE')",
                row -> row.getBoolean(1))
            .orElse(false);
  }

  private static String quoted(String name) {
    return Names.quoted(name);
  }
}
