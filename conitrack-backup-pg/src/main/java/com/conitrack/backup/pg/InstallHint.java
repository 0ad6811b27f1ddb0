package com.conitrack.backup.pg;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How to install the client tools of a version on this machine. */
final class InstallHint {
  private static final String OTHERWISE = ", or set the tools directory to where they are";

  private InstallHint() {}

  static String forMajor(int major) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return "brew install postgresql@" + major + OTHERWISE;
    }
    if (system.contains("windows")) {
      return "install the command line tools of PostgreSQL "
          + major
          + " from https://www.postgresql.org/download/windows/"
          + OTHERWISE;
    }
    return forLinux(major) + OTHERWISE;
  }

  private static String forLinux(int major) {
    String pgdg =
        " (from the PostgreSQL project's repository, https://www.postgresql.org/download/linux/)";
    if (Files.exists(Path.of("/usr/bin/apt-get"))) {
      return "apt-get install postgresql-client-" + major + pgdg;
    }
    if (Files.exists(Path.of("/usr/bin/dnf"))) {
      return "dnf install postgresql" + major + pgdg;
    }
    if (Files.exists(Path.of("/sbin/apk"))) {
      return "apk add postgresql" + major + "-client";
    }
    return "install the client tools of PostgreSQL " + major + pgdg;
  }
}
