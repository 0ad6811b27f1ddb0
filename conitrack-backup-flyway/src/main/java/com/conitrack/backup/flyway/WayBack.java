package com.conitrack.backup.flyway;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.ShellOption;
import com.conitrack.backup.core.policy.RestoreRules;
import java.util.ArrayList;
import java.util.List;

/**
 * How to go back to the state before migrations.
 *
 * @param backup the backup of that state
 * @param database its name
 * @param rules what a restore needs
 */
record WayBack(BackupId backup, String database, RestoreRules rules) {
  private static final String REASON = "--reason \"a migration went wrong\"";

  /**
   * The command for a shell that restores. Where people must agree first, the one that begins: it
   * makes the plan that they agree to.
   */
  String command() {
    return agreed().isEmpty() ? restore() : plan();
  }

  /** What to do, ending with the command. */
  String inWords() {
    List<String> wanted = agreed();
    return wanted.isEmpty()
        ? "restore the state before it with: " + restore()
        : "a restore needs "
            + String.join(" and ", wanted)
            + "; plan the way back to the state before it with: "
            + plan();
  }

  private String restore() {
    return "conitrack-backup restore run --backup %s %s %s --yes"
        .formatted(backup, ShellOption.of("--target", database), REASON);
  }

  private String plan() {
    return "conitrack-backup restore plan %s %s --output plan.json".formatted(backup, REASON);
  }

  private List<String> agreed() {
    List<String> wanted = new ArrayList<>();
    if (!rules.roles(RestoreKind.FULL).isEmpty()) {
      wanted.add("approval");
    }
    if (!rules.confirmations().isEmpty()) {
      wanted.add("confirmations");
    }
    return wanted;
  }
}
