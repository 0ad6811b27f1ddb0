package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.policy.Approver;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code policy.restore}. */
final class RestoreRulesReader {
  private final Section section;

  private RestoreRulesReader(Section section) {
    this.section = section;
  }

  static RestoreRules read(Section policy, RestoreRules preset) {
    Section section = policy.section("restore", ConfigKeys.RESTORE);
    return section == null ? preset : new RestoreRulesReader(section).read(preset);
  }

  private RestoreRules read(RestoreRules preset) {
    RestoreRules rules = approvals(preset);
    Duration validity = section.duration("approval-validity");
    if (validity != null) {
      rules = rules.withApprovalValidity(validity);
    }
    if (section.has("confirmations")) {
      rules = rules.withConfirmations(confirmations());
    }
    if (section.has("audit-tables")) {
      rules = rules.withAuditTables(section.texts("audit-tables"));
    }
    Integer connections = section.number("connections");
    if (connections != null) {
      rules = rules.withConnections(connections);
    }
    if (section.has("leave-out")) {
      rules = rules.withLeaveOut(leaveOut());
    }
    for (Section approver : section.sections("approvers")) {
      approver.allowOnly(ConfigKeys.APPROVER);
      rules = rules.withApprover(approver(approver));
    }
    return rules;
  }

  private RestoreRules approvals(RestoreRules preset) {
    Section approvals = section.section("approvals", ConfigKeys.APPROVALS);
    RestoreRules rules = preset;
    for (RestoreKind kind : RestoreKind.values()) {
      String key = kind.name().toLowerCase(Locale.ROOT);
      if (approvals != null && approvals.has(key)) {
        rules = rules.withApproval(kind, approvals.texts(key).toArray(String[]::new));
      }
    }
    return rules;
  }

  private Set<Confirmation> confirmations() {
    Set<Confirmation> chosen = EnumSet.noneOf(Confirmation.class);
    for (String text : section.texts("confirmations")) {
      try {
        chosen.add(Confirmation.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')));
      } catch (IllegalArgumentException e) {
        List<String> known = new ArrayList<>();
        for (Confirmation each : Confirmation.values()) {
          known.add(each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        section.problem(
            "confirmations",
            "'" + text + "' is not known here",
            "choose of: " + String.join(", ", known));
      }
    }
    return chosen;
  }

  private Set<LeaveOut> leaveOut() {
    Set<LeaveOut> chosen = EnumSet.noneOf(LeaveOut.class);
    for (String text : section.texts("leave-out")) {
      LeaveOut.of(text)
          .ifPresentOrElse(
              chosen::add,
              () ->
                  section.problem(
                      "leave-out",
                      "'" + text + "' is not known here",
                      "choose of: " + String.join(", ", LeaveOut.words())));
    }
    return chosen;
  }

  private static Approver approver(Section section) {
    return new Approver(
        orBlank(section.text("name")),
        section.texts("roles"),
        key(section),
        section.texts("accounts"));
  }

  private static String orBlank(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String key(Section section) {
    String key = section.text("public-key");
    Path file = section.file("public-key-file");
    if (file == null) {
      return orBlank(key);
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      section.problem(
          "public-key-file",
          "it cannot be read: " + e.getMessage(),
          "name the file ending in .pub");
      return "";
    }
  }
}
