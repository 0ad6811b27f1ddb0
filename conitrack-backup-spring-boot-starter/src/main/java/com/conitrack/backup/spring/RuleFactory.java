package com.conitrack.backup.spring;

import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.policy.Approver;
import com.conitrack.backup.core.policy.ContentRules;
import com.conitrack.backup.core.policy.DrillCheck;
import com.conitrack.backup.core.policy.DrillCheck.AtLeast;
import com.conitrack.backup.core.policy.DrillCheck.EqualTo;
import com.conitrack.backup.core.policy.DrillCheck.Expected;
import com.conitrack.backup.core.policy.DrillCheck.NoRows;
import com.conitrack.backup.core.policy.DrillRules;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.policy.Units;
import com.conitrack.backup.spring.properties.ContentProperties;
import com.conitrack.backup.spring.properties.ContentProperties.ByTable;
import com.conitrack.backup.spring.properties.DrillsProperties;
import com.conitrack.backup.spring.properties.RestoreProperties;
import com.conitrack.backup.spring.properties.RestoreProperties.ApproverProperties;
import com.conitrack.backup.spring.properties.RetentionProperties;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policy's groups of rules out of the settings. */
final class RuleFactory {
  private final SettingProblems problems;

  RuleFactory(SettingProblems problems) {
    this.problems = problems;
  }

  Retention retention(@Nullable RetentionProperties given, Retention preset) {
    return given == null ? preset : new RetentionFactory(problems).make(given, preset);
  }

  ContentRules content(@Nullable ContentProperties given, ContentRules preset) {
    if (given == null) {
      return preset;
    }
    ContentRules.Builder rules = preset.toBuilder();
    if (given.minimumTables() != null) {
      rules.minimumTables(given.minimumTables());
    }
    if (given.requiredTables() != null) {
      rules.requireTables(given.requiredTables());
    }
    byTable(given.minimumRows()).forEach((table, text) -> count(text, minimumRows(rules, table)));
    if (given.greatestShrink() != null) {
      fraction("greatest-shrink", given.greatestShrink(), rules::greatestShrink);
    }
    byTable(given.greatestTableShrink())
        .forEach((table, text) -> fraction("greatest-table-shrink", text, shrink(rules, table)));
    if (given.minimumStoredBytes() != null) {
      rules.minimumStoredBytes(given.minimumStoredBytes().bytes());
    }
    return rules.build();
  }

  private static ByTable byTable(@Nullable ByTable given) {
    return given == null ? new ByTable() : given;
  }

  private static LongConsumer minimumRows(ContentRules.Builder rules, String table) {
    return table.equals(ByTable.ALL) ? rules::minimumRows : rows -> rules.minimumRows(table, rows);
  }

  private static DoubleConsumer shrink(ContentRules.Builder rules, String table) {
    return table.equals(ByTable.ALL)
        ? rules::greatestTableShrink
        : fraction -> rules.greatestTableShrink(table, fraction);
  }

  private void count(String text, LongConsumer setter) {
    try {
      setter.accept(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      String remedy = "write digits alone, such as 1000";
      problems.add("policy.content.minimum-rows", "it is no whole number", remedy);
    }
  }

  private void fraction(String key, String text, DoubleConsumer setter) {
    Units.fraction(text)
        .ifPresentOrElse(
            setter::accept,
            () ->
                problems.add(
                    "policy.content." + key, "it is no fraction", "write it like 0.2 or 20%"));
  }

  DrillRules drills(@Nullable DrillsProperties given, DrillRules preset) {
    if (given == null) {
      return preset;
    }
    String rto = given.rto();
    if (rto != null && !rto.equals("fail") && !rto.equals("warn")) {
      problems.add("policy.drills.rto", "it is not known here", "choose one of: fail, warn");
    }
    return new DrillRules(
        given.negativeControl() == null ? preset.negativeControlEvery() : given.negativeControl(),
        rto == null ? preset.rtoFails() : rto.equals("fail"),
        given.checks() == null ? preset.checks() : checks(given.checks()),
        given.checkTimeout() == null ? preset.checkTimeout() : given.checkTimeout().value());
  }

  private List<DrillCheck> checks(List<DrillsProperties.Check> given) {
    List<DrillCheck> checks = new ArrayList<>();
    for (int index = 0; index < given.size(); index++) {
      DrillsProperties.Check each = given.get(index);
      Expected expected = expected(each);
      if (each.name() == null || each.sql() == null || expected == null) {
        problems.add(
            "policy.drills.checks[" + index + "]",
            "the check is not whole",
            "give name, sql, and one of equals, at-least, no-rows: true");
      } else {
        checks.add(new DrillCheck(each.name(), each.sql(), expected));
      }
    }
    return checks;
  }

  private static @Nullable Expected expected(DrillsProperties.Check check) {
    long given =
        Stream.of(check.equalTo(), check.atLeast(), check.noRows())
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      return null;
    }
    if (check.equalTo() != null) {
      return new EqualTo(check.equalTo());
    }
    if (check.atLeast() != null) {
      return new AtLeast(BigDecimal.valueOf(check.atLeast()));
    }
    return Boolean.TRUE.equals(check.noRows()) ? new NoRows() : null;
  }

  RestoreRules restore(@Nullable RestoreProperties given, RestoreRules preset) {
    if (given == null) {
      return preset;
    }
    RestoreRules rules = approvals(given.approvals(), preset);
    if (given.approvalValidity() != null) {
      rules = rules.withApprovalValidity(given.approvalValidity().value());
    }
    if (given.confirmations() != null) {
      rules = rules.withConfirmations(confirmations(given.confirmations()));
    }
    if (given.auditTables() != null) {
      rules = rules.withAuditTables(given.auditTables());
    }
    if (given.connections() != null) {
      rules = rules.withConnections(given.connections());
    }
    if (given.leaveOut() != null) {
      rules = rules.withLeaveOut(given.leaveOut());
    }
    for (ApproverProperties approver : given.approvers()) {
      rules = rules.withApprover(approver(approver));
    }
    return rules;
  }

  private static RestoreRules approvals(
      RestoreProperties.@Nullable Approvals given, RestoreRules preset) {
    RestoreRules rules = preset;
    if (given != null && given.full() != null) {
      rules = rules.withApproval(RestoreKind.FULL, given.full().toArray(String[]::new));
    }
    if (given != null && given.partial() != null) {
      rules = rules.withApproval(RestoreKind.PARTIAL, given.partial().toArray(String[]::new));
    }
    return rules;
  }

  private Set<Confirmation> confirmations(List<String> words) {
    Set<Confirmation> chosen = EnumSet.noneOf(Confirmation.class);
    for (String word : words) {
      try {
        chosen.add(Confirmation.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
      } catch (IllegalArgumentException e) {
        problems.add(
            "policy.restore.confirmations",
            "'" + word + "' is not known here",
            "choose of: users-notified, estimate-communicated, support-available,"
                + " communication-prepared");
      }
    }
    return chosen;
  }

  private Approver approver(ApproverProperties given) {
    return new Approver(given.name(), given.roles(), key(given), given.accounts());
  }

  private String key(ApproverProperties given) {
    if (given.publicKeyFile() == null) {
      return given.publicKey() == null ? "" : given.publicKey();
    }
    try {
      return Files.readString(Path.of(given.publicKeyFile()));
    } catch (IOException e) {
      problems.add(
          "policy.restore.approvers.public-key-file",
          "it cannot be read: " + e.getMessage(),
          "name the file ending in .pub");
      return "";
    }
  }
}
