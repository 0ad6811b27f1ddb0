package com.conitrack.backup.core.production;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of the databases that restores make, and how they are known again. */
final class DatabaseNames {
  /** NAMEDATALEN - 1 (PostgreSQL documentation, 4.1.1). */
  private static final int MOST_BYTES = 63;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss_SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DatabaseNames() {}

  /** Where a backup is loaded before it takes the place of {@code database}. */
  static String fresh(String database, Instant at) {
    return name(database, "_conitrack_restore_", at);
  }

  /** What the replaced database is called from then on. */
  static String aside(String database, Instant at) {
    return name(database, "_before_restore_", at);
  }

  /** What a database is called whose restore was rolled back. */
  static String undone(String database, Instant at) {
    return name(database, "_undone_restore_", at);
  }

  /** What the empty database is called that stood in for one that was recreated. */
  static String emptied(String database, Instant at) {
    return name(database, "_conitrack_empty_", at);
  }

  /** Made and dropped again to learn whether databases can be made. */
  static String probe(String database, Instant at) {
    return name(database, "_conitrack_probe_", at);
  }

  /** The comment of a database that a restore has made. */
  static String comment(String restore, String database) {
    return "conitrack-backup: made by restore " + restore + " of database '" + database + "'";
  }

  /** The comment of a database that a restore has put aside. */
  static String asideComment(String restore, String database) {
    return "conitrack-backup: database '"
        + database
        + "' as it was before restore "
        + restore
        + "; 'conitrack-backup restore rollback' puts it back, 'restore discard' deletes it";
  }

  /** Whether a comment says that a restore of {@code database} made what it is on. */
  static boolean isMadeFor(String database, String comment) {
    return comment.startsWith("conitrack-backup: made by restore ")
        && comment.endsWith(" of database '" + database + "'");
  }

  /** Whether {@link #probe} gave that name for {@code database}. */
  static boolean isProbe(String database, String name) {
    int end = name.lastIndexOf("_conitrack_probe_");
    return end > 0 && database.startsWith(name.substring(0, end));
  }

  private static String name(String database, String middle, Instant at) {
    String end = middle + TIME.format(at);
    String start = database;
    while (bytes(start) + bytes(end) > MOST_BYTES) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return start + end;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
