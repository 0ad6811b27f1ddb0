package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import org.jspecify.annotations.Nullable;

/** What a connection may be made of, and the errors that say so. */
final class ConnectionRules {
  private static final String WHAT = "unable to read the connection to the database";

  private ConnectionRules() {}

  static DatabaseException wrong(String why, @Nullable String hint) {
    return new DatabaseException(ErrorKind.CONFIGURATION, WHAT, why, hint);
  }

  static String requireTcpHost(String host) {
    if (host.startsWith("/") || host.startsWith("@")) {
      throw wrong(
          "'" + host + "' is a Unix socket, which JDBC cannot use",
          "name a TCP host such as localhost and let the server listen there (listen_addresses)");
    }
    return requireName("host", host);
  }

  /** No name in PostgreSQL holds these characters, and a password file has no way to write them. */
  static String requireName(String what, String name) {
    if (name.isEmpty()) {
      throw wrong("the " + what + " is empty", null);
    }
    if (name.indexOf('\0') >= 0 || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      throw wrong("the " + what + " holds a line break or a zero", null);
    }
    return name;
  }

  static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below. What stands in the port's place may be part of a password: it is not repeated.
    }
    throw wrong(
        "the port is not a number from 1 to 65535",
        "write host:port, and percent-encode ':', '/', '@' and '%' in user and password");
  }
}
