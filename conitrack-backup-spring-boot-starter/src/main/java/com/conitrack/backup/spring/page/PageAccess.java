package com.conitrack.backup.spring.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Who may see the page: a user that the application's own security has let in, and without one only
 * the machine itself, unless the configuration says that anyone may.
 */
record PageAccess(boolean anyone) {
  static final String REFUSAL =
      "This page is shown to users who are logged in, and on the machine itself.\n"
          + "Let the application's security guard it, or set conitrack.backup.page.anyone=true"
          + " where something else does.\n";

  private static final Set<String> OWN_ADDRESSES = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  boolean allows(HttpServletRequest request) {
    return anyone || request.getUserPrincipal() != null || isLocal(request);
  }

  /** Behind a proxy on this machine everyone would seem to be local, so none is. */
  private static boolean isLocal(HttpServletRequest request) {
    return OWN_ADDRESSES.contains(request.getRemoteAddr())
        && OWN_NAMES.contains(request.getServerName())
        && request.getHeader("Forwarded") == null
        && request.getHeader("Via") == null
        && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("X-Real-IP") == null;
  }
}
