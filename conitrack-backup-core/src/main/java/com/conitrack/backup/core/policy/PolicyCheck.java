package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes a policy unacceptable. */
final class PolicyCheck {
  static final String UNABLE = "unable to use the backup policy";

  private static final int MOST_CONNECTIONS = 64;
  private static final String APPROVERS = "restore.approvers";
  private static final int MOST_COPIES = 16;
  private static final Duration LONGEST = Duration.ofDays(365_250);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}?");
  private static final Set<String> PLACEHOLDERS = Set.of("date", "time", "database", "trigger");
  private static final Pattern EXTENSION = Pattern.compile("\\.(sql|gz|zst|age|json|zip|dump)$");
  private static final int LONGEST_NAME = 300;
  private static final Instant ANY_INSTANT = Instant.parse("2026-01-06T03:00:00Z");

  /** The longest name PostgreSQL lets a database have (NAMEDATALEN - 1, documentation 4.1.1). */
  private static final String LONGEST_DATABASE = "d".repeat(63);

  private final List<PolicyProblem> problems = new ArrayList<>();

  private PolicyCheck() {}

  static void requireValid(List<List<PolicyProblem>> found) {
    List<PolicyProblem> all = found.stream().flatMap(Collection::stream).toList();
    if (!all.isEmpty()) {
      throw new ConfigurationException(UNABLE, all);
    }
  }

  static void requireValid(ContentRules rules) {
    requireValid(List.of(content(rules)));
  }

  static List<PolicyProblem> objectives(
      Duration rpo, Duration rto, @Nullable Duration drillInterval, Duration dumpTimeout) {
    PolicyCheck check = new PolicyCheck();
    check.positive("rpo", rpo);
    check.positive("rto", rto);
    check.positive("dumpTimeout", dumpTimeout);
    if (drillInterval != null) {
      check.positive("drillInterval", drillInterval);
    }
    return check.problems;
  }

  static List<PolicyProblem> retention(Retention retention) {
    PolicyCheck check = new PolicyCheck();
    retention
        .rules()
        .forEach(
            (trigger, rules) -> rules.forEach(rule -> check.rule("retention." + trigger, rule)));
    retention.storages().forEach(check::storageRules);
    return check.problems;
  }

  private void storageRules(String storage, Map<Trigger, Set<RetentionRule>> own) {
    own.forEach(
        (trigger, rules) ->
            rules.forEach(rule -> rule("retention.storages." + storage + "." + trigger, rule)));
  }

  static List<PolicyProblem> drills(DrillRules rules) {
    PolicyCheck check = new PolicyCheck();
    check.notNegative("drills.negativeControl", rules.negativeControlEvery());
    check.positive("drills.checkTimeout", rules.checkTimeout());
    for (int i = 0; i < rules.checks().size(); i++) {
      DrillCheck each = rules.checks().get(i);
      if (each.sql().isBlank() || each.name().isBlank()) {
        check.add("drills.checks[" + i + "]", "lacks its name or its query", "give it both");
      }
    }
    return check.problems;
  }

  static List<PolicyProblem> immutability(Immutability immutability) {
    PolicyCheck check = new PolicyCheck();
    if (immutability.isAsked() || immutability.required()) {
      check.positive("immutability.for", immutability.period());
    }
    check.positive("immutability.proof", immutability.proofAge());
    return check.problems;
  }

  private void rule(String setting, RetentionRule rule) {
    if (rule instanceof RetentionRule.KeepFor keep) {
      positive(setting, keep.age());
    } else if (rule instanceof RetentionRule.Counted counted && counted.count() < 1) {
      add(
          setting,
          "'" + rule + "' keeps nothing",
          "give it a number of at least 1, or leave the rule out");
    }
  }

  static List<PolicyProblem> content(ContentRules rules) {
    PolicyCheck check = new PolicyCheck();
    check.notNegative("content.minimumTables", rules.minimumTables());
    check.notNegative("content.minimumRows", rules.minimumRows());
    check.notNegative("content.minimumStoredBytes", rules.minimumStoredBytes());
    check.fraction("content.greatestShrink", rules.greatestShrink());
    check.fraction("content.greatestTableShrink", rules.greatestTableShrink());
    rules.requiredTables().forEach(table -> check.table("content.requiredTables", table));
    rules.minimumTableRows().forEach(check::tableRows);
    rules.tableShrink().forEach(check::tableShrink);
    return check.problems;
  }

  private void tableRows(String table, long rows) {
    table("content.minimumTableRows", table);
    notNegative("content.minimumTableRows." + table, rows);
  }

  private void tableShrink(String table, double fraction) {
    table("content.tableShrink", table);
    fraction("content.tableShrink." + table, fraction);
  }

  static List<PolicyProblem> copies(int copiesRequired, VerificationLevel level) {
    PolicyCheck check = new PolicyCheck();
    if (copiesRequired < 1 || copiesRequired > MOST_COPIES) {
      check.add("copiesRequired", "cannot be " + copiesRequired, "use 1 to " + MOST_COPIES);
    }
    if (level != VerificationLevel.STORED && level != VerificationLevel.CONTENT) {
      String why =
          level == VerificationLevel.NONE
              ? "NONE would call a copy good that nobody has read back"
              : "RESTORED is what a drill proves, later";
      check.add("verificationLevel", why, "use STORED or CONTENT");
    }
    return check.problems;
  }

  static List<PolicyProblem> naming(Naming naming) {
    PolicyCheck check = new PolicyCheck();
    check.pattern("naming", naming.pattern(), Trigger.SCHEDULED);
    for (Map.Entry<Trigger, String> own : naming.patterns().entrySet()) {
      check.pattern("naming." + own.getKey(), own.getValue(), own.getKey());
    }
    return check.problems;
  }

  static List<PolicyProblem> restore(RestoreRules rules) {
    PolicyCheck check = new PolicyCheck();
    check.positive("restore.approvalValidity", rules.approvalValidity());
    if (rules.connections() < 0 || rules.connections() > MOST_CONNECTIONS) {
      check.add(
          "restore.connections",
          "cannot be " + rules.connections(),
          "use 1 to " + MOST_CONNECTIONS + ", or 0 to leave it to the restore");
    }
    rules.auditTables().forEach(table -> check.table("restore.auditTables", table));
    rules
        .approvals()
        .forEach((kind, roles) -> roles.forEach(role -> check.role("restore.approvals", role)));
    Set<String> names = new HashSet<>();
    for (Approver approver : rules.approvers()) {
      check.approver(approver);
      if (!names.add(approver.name().toLowerCase(Locale.ROOT))) {
        check.add(APPROVERS, "two are called '" + approver.name() + "'", "rename one");
      }
    }
    return check.problems;
  }

  static List<PolicyProblem> runs(RunRules rules) {
    PolicyCheck check = new PolicyCheck();
    check.positive("schedule.grace", rules.grace());
    return check.problems;
  }

  private void approver(Approver approver) {
    if (approver.name().isBlank()) {
      add(APPROVERS, "one has no name", "give the name that approvals bear");
    }
    if (approver.roles().isEmpty()) {
      add(APPROVERS, "'" + approver.name() + "' has no role", "say what the person may approve as");
    }
    approver.roles().forEach(role -> role(APPROVERS, role));
    try {
      byte[] key = Base64.getDecoder().decode(approver.keyText());
      KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      add(
          APPROVERS,
          "the public key of '" + approver.name() + "' is no Ed25519 key",
          "give what 'conitrack-backup approve --generate-key' wrote into the file ending in .pub");
    }
  }

  private void role(String setting, String role) {
    if (role.isBlank()) {
      add(setting, "a role is blank", "name it, such as System Owner");
    }
  }

  private void pattern(String setting, String pattern, Trigger trigger) {
    int before = problems.size();
    Matcher placeholder = PLACEHOLDER.matcher(pattern);
    while (placeholder.find()) {
      if (!PLACEHOLDERS.contains(placeholder.group(1)) || !placeholder.group().endsWith("}")) {
        add(
            setting,
            "'" + placeholder.group() + "' stands for nothing",
            "use {date}, {time}, {database} and {trigger}");
      }
    }
    if (EXTENSION.matcher(pattern).find()) {
      add(
          setting,
          "'" + pattern + "' ends like a file",
          "leave extensions out: .sql and those of the codings are added");
    }
    if (pattern.startsWith("register/") || pattern.startsWith("annex/")) {
      String folder = pattern.substring(0, pattern.indexOf('/') + 1);
      add(setting, "'" + folder + "' is where other things are kept", "choose another folder");
    }
    if (problems.size() == before) {
      name(setting, pattern, trigger);
    }
  }

  private void name(String setting, String pattern, Trigger trigger) {
    try {
      String name = Naming.of(pattern).name(trigger, LONGEST_DATABASE, ANY_INSTANT, 1).value();
      if (name.length() > LONGEST_NAME) {
        add(
            setting,
            "gives names of " + name.length() + " characters",
            "shorten it to at most " + LONGEST_NAME);
      }
    } catch (IllegalArgumentException e) {
      add(
          setting,
          "'" + pattern + "' does not give a name",
          "use letters, digits and . _ - / besides placeholders, no part starting with a dot");
    }
  }

  private void table(String setting, String table) {
    try {
      TablePattern.parse(table);
    } catch (IllegalArgumentException e) {
      add(
          setting,
          "'" + table + "' is not a table",
          "write table or schema.table, a part with a dot or quote in double quotes");
    }
  }

  private void positive(String setting, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      add(setting, "cannot be " + duration, "use a time longer than nothing, such as P7D or PT4H");
    } else if (duration.compareTo(LONGEST) > 0) {
      add(
          setting,
          "cannot be " + duration,
          "use at most 1000 years, or leave it out if none is meant");
    }
  }

  private void notNegative(String setting, long number) {
    if (number < 0) {
      add(setting, "cannot be " + number, "use 0, which asks for nothing, or more");
    }
  }

  private void fraction(String setting, double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      add(setting, "cannot be " + fraction, "use a fraction from 0 (no row may go) to 1 (all may)");
    }
  }

  private void add(String setting, String message, String remedy) {
    problems.add(new PolicyProblem(setting, message, remedy));
  }
}
