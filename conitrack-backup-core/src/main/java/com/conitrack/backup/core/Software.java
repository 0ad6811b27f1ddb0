package com.conitrack.backup.core;

/** What this program calls itself in manifests and the register. */
final class Software {
  static final String NAME_AND_VERSION = "conitrack-backup" + version();

  private Software() {}

  private static String version() {
    String version = Software.class.getPackage().getImplementationVersion();
    return version == null ? "" : " " + version;
  }
}
