package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Requirements;
import java.util.ArrayList;
import java.util.List;

/** What a dump of one database cannot carry, as far as this backup's manifest knows of it. */
final class NotCovered {
  private NotCovered() {}

  static List<String> by(Manifest manifest) {
    Requirements needs = manifest.requirements();
    List<String> all = new ArrayList<>();
    all.add("the planner's statistics: run ANALYZE after a restore");
    all.add("owner, privileges and comment of the database itself");
    if (!needs.settings().isEmpty()) {
      all.add("settings of the database: " + String.join(", ", needs.settings()));
    }
    if (!needs.roles().isEmpty()) {
      String kept =
          needs.globals() == null
              ? ", of which the manifest has the names only"
              : ", whose definitions without passwords are in the manifest";
      all.add("roles: " + String.join(", ", needs.roles()) + kept);
    }
    if (!needs.tablespaces().isEmpty()) {
      all.add("tablespaces: " + String.join(", ", needs.tablespaces()));
    }
    if (!manifest.scope().isWhole()) {
      all.add("what the backup's scope leaves out of the database");
    }
    return all;
  }
}
