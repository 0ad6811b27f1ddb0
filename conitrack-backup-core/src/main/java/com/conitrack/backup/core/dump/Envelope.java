package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.ServerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pg_dump writes around the statements: header, trailer, and its commands to psql. */
final class Envelope {
  private static final String FROM = "-- Dumped from database version ";
  private static final String BY = "-- Dumped by pg_dump version ";
  private static final String TRAILER = "-- PostgreSQL database dump complete";
  private static final String INSTANCE = "-- PostgreSQL database cluster dump";
  private static final String RESTRICT = "\\restrict ";
  private static final String UNRESTRICT = "\\unrestrict ";

  private @Nullable ServerVersion dumpedFrom;
  private @Nullable ServerVersion dumpedBy;
  private @Nullable String token;
  private boolean ofWholeInstance;
  private boolean trailer;
  private boolean released;
  private int connects;

  void comment(String line) {
    if (line.startsWith(FROM)) {
      dumpedFrom = version(line.substring(FROM.length()));
    } else if (line.startsWith(BY)) {
      dumpedBy = version(line.substring(BY.length()));
    } else if (line.equals(TRAILER)) {
      trailer = true;
    } else if (line.equals(INSTANCE)) {
      ofWholeInstance = true;
    }
  }

  private static @Nullable ServerVersion version(String text) {
    try {
      return ServerVersion.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  void command(String line) {
    if (line.startsWith(UNRESTRICT)) {
      released = line.substring(UNRESTRICT.length()).equals(token);
    } else if (line.startsWith(RESTRICT)) {
      token = line.substring(RESTRICT.length());
      released = false;
      trailer = false;
    } else {
      trailer = false;
      connects += line.startsWith("\\c") ? 1 : 0;
    }
  }

  /** What went before was not the end. */
  void statement() {
    trailer = false;
  }

  void addDefects(List<String> defects) {
    if (!trailer) {
      defects.add("lacks its last line, '" + TRAILER + "'");
    } else if (token != null && !released) {
      defects.add("lacks the \\unrestrict line that belongs to its \\restrict line");
    }
    if (connects > 1) {
      defects.add("is of several databases (it connects " + connects + " times)");
    }
  }

  /** Whether pg_dumpall made it. */
  boolean ofWholeInstance() {
    return ofWholeInstance;
  }

  @Nullable ServerVersion dumpedFrom() {
    return dumpedFrom;
  }

  @Nullable ServerVersion dumpedBy() {
    return dumpedBy;
  }
}
