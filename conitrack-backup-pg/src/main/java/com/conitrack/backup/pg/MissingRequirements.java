package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.Requirements.Extension;
import com.conitrack.backup.core.model.Requirements.Locale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server lacks to take a dump, one sentence each with its fix. */
final class MissingRequirements {
  /** Collations that name the same locale of the C library, however it is spelled. */
  private static final String HAS_LIBC_LOCALE =
      """
      SELECT 1 FROM (
        SELECT collcollate AS name FROM pg_collation WHERE collprovider = 'c'
        UNION SELECT collname FROM pg_collation WHERE collprovider = 'c'
        UNION SELECT datcollate FROM pg_database
      ) known
      WHERE lower(replace(name, '-', '')) = lower(replace(?, '-', '')) LIMIT 1
      """;

  private static final String HAS_ICU =
      "SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1";

  private static final int BUILTIN_SINCE = 17;

  private final Session session;
  private final PostgresConnection target;
  private final List<String> sentences = new ArrayList<>();

  MissingRequirements(Session session, PostgresConnection target) {
    this.session = session;
    this.target = target;
  }

  List<String> of(Requirements requirements) {
    addRoles(requirements);
    addExtensions(requirements.extensions());
    addTablespaces(requirements.tablespaces());
    addCollations(requirements.collations());
    addLocale(requirements.locale());
    return Collections.unmodifiableList(sentences);
  }

  private void addRoles(Requirements requirements) {
    Set<String> present = new HashSet<>(session.strings("SELECT rolname FROM pg_roles"));
    String made =
        requirements.globals() == null ? "" : "; the globals in the manifest make it as it was";
    for (String role : requirements.roles()) {
      if (!present.contains(role)) {
        sentences.add(
            "role "
                + Names.quoted(role)
                + " does not exist: CREATE ROLE "
                + Names.quoted(role)
                + made
                + instead(requirements.demands(), role));
      }
    }
  }

  /** Where leaving something out would do as well. */
  private static String instead(@Nullable DumpDemands demands, String role) {
    if (demands == null || demands.otherRoles().contains(role)) {
      return "";
    }
    Set<String> parts = new LinkedHashSet<>();
    boolean granted = demands.grantees().contains(role) || demands.grantors().contains(role);
    if (demands.owners().contains(role) || !granted) {
      parts.add(LeaveOut.OWNERSHIP.word());
    }
    if (granted) {
      parts.add(LeaveOut.PRIVILEGES.word());
    }
    return "; or leave out what names it: --leave-out " + String.join(",", parts);
  }

  private void addExtensions(List<Extension> extensions) {
    Set<String> available =
        new HashSet<>(session.strings("SELECT name FROM pg_available_extensions"));
    for (Extension extension : extensions) {
      if (!available.contains(extension.name())) {
        sentences.add(
            "extension "
                + Names.quoted(extension.name())
                + " (version "
                + extension.version()
                + ") is not available: install its package on the server "
                + target.server());
      }
    }
  }

  private void addTablespaces(List<String> tablespaces) {
    Set<String> present = new HashSet<>(session.strings("SELECT spcname FROM pg_tablespace"));
    for (String tablespace : tablespaces) {
      if (!present.contains(tablespace)) {
        String name = Names.quoted(tablespace);
        sentences.add(
            "tablespace " + name + " does not exist: CREATE TABLESPACE " + name + " LOCATION '…'");
      }
    }
  }

  private void addCollations(List<String> collations) {
    Set<String> present =
        new HashSet<>(
            session.strings(
                "SELECT collname FROM pg_collation WHERE collencoding IN (-1, pg_char_to_encoding("
                    + "current_setting('server_encoding')))"));
    for (String collation : collations) {
      if (!present.contains(collation)) {
        sentences.add(
            "collation "
                + Names.quoted(collation)
                + " does not exist: install its locale on the server "
                + target.server()
                + ", then SELECT pg_import_system_collations('pg_catalog')");
      }
    }
  }

  private void addLocale(@Nullable Locale locale) {
    if (locale != null && !isAvailable(locale)) {
      sentences.add(
          "the "
              + locale.provider()
              + " locale "
              + locale.collate()
              + " is not available, so text would sort otherwise: install it on the server "
              + target.server()
              + " and create the database with it");
    }
  }

  private boolean isAvailable(Locale locale) {
    return switch (locale.provider()) {
      case "icu" -> !session.strings(HAS_ICU).isEmpty();
      case "builtin" -> session.serverVersion().major() >= BUILTIN_SINCE;
      default -> !session.strings(HAS_LIBC_LOCALE, locale.collate()).isEmpty();
    };
  }
}
