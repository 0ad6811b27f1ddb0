package com.conitrack.backup.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The page for people who would rather look.
 *
 * @param enabled Whether it is served.
 * @param path Where, below the application's context path.
 * @param anyone Whether also requests that no user is logged in for, and that come from another
 *     machine, are answered. Only where something else guards the path.
 */
public record PageProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("/conitrack-backup") String path,
    @DefaultValue("false") boolean anyone) {
  public PageProperties {
    if (!path.matches("(/[A-Za-z0-9._-]+)+")) {
      throw new IllegalArgumentException(
          "conitrack.backup.page.path: '" + path + "' is no path such as /conitrack-backup");
    }
  }
}
