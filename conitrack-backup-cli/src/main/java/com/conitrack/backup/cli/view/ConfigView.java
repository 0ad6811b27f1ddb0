package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.config.Config;
import com.conitrack.backup.cli.config.StorageConfig;
import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Approver;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.DrillRules;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.PolicyWarning;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.port.RestoreOptions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration comes to, defaults and preset included; passwords are never shown.
 *
 * @param command the command that shows it
 * @param config the configuration
 * @param warnings what is legal in it but unwise
 */
public record ConfigView(String command, Config config, List<PolicyWarning> warnings)
    implements View {
  public ConfigView {
    warnings = List.copyOf(warnings);
  }

  @Override
  public void print(Page page) {
    values().forEach((key, value) -> page.wrapped(key + ": ", "    ", value));
    for (PolicyWarning warning : warnings) {
      page.wrapped(
          page.style().doubtful("warning: "),
          "    ",
          warning.message() + "; " + warning.remedy() + " (" + warning.code() + ")");
    }
    page.line(config.file() + " is valid, " + Measures.count(warnings.size(), "warning"));
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", command).put("valid", true).put("file", config.file().toString());
    ObjectNode values = document.putObject("values");
    values().forEach(values::put);
    ArrayNode array = document.putArray("warnings");
    for (PolicyWarning warning : warnings) {
      array
          .addObject()
          .put("code", warning.code().name())
          .put("message", warning.message())
          .put("remedy", warning.remedy());
    }
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    var database = config.database();
    values.put("database.url", database.connection().toString());
    values.put("database.tools", orElse(database.tools(), "found in the usual places"));
    values.put("database.lock-wait", Measures.setting(database.lockWait()));
    values.put(
        "database scope", database.scope().isWhole() ? "whole" : database.scope().toString());
    for (StorageConfig storage : config.storages()) {
      values.put("storage " + storage.name(), storage.type() + " at " + storage.location());
    }
    values.put("compression", config.compression().toString());
    fillPolicy(values, config.policy());
    values.put("actor", orElse(config.actor(), "the user of the operating system"));
    values.put("lock-wait", Measures.setting(config.lockWait()));
    values.put("stall-limit", Measures.setting(config.stallLimit()));
    values.put("hooks.stop", orElse(config.hooks().stop(), "none"));
    values.put("hooks.start", orElse(config.hooks().start(), "none"));
    values.put("hooks.timeout", Measures.setting(config.hooks().timeout()));
    return values;
  }

  private static void fillPolicy(Map<String, String> values, BackupPolicy policy) {
    values.put("policy.schedule", schedule(policy.schedule()));
    values.put("policy.schedule.catch-up", Measures.word(policy.runs().catchUp()));
    values.put("policy.schedule.grace", Measures.setting(policy.runs().grace()));
    values.put(
        "policy.schedule.tasks",
        orNone(policy.runs().tasks().stream().map(Measures::word).toList()));
    values.put("policy.rpo", Measures.setting(policy.rpo()));
    values.put("policy.rto", Measures.setting(policy.rto()));
    for (Trigger trigger : Trigger.values()) {
      values.put(
          "policy.retention." + Measures.word(trigger), rules(policy.retention().of(trigger)));
    }
    policy
        .retention()
        .storages()
        .forEach(
            (storage, own) ->
                own.forEach(
                    (trigger, rules) ->
                        values.put(
                            "policy.retention.storages." + storage + "." + Measures.word(trigger),
                            rules(rules))));
    values.put("policy.immutability", immutability(policy.immutability()));
    values.put("policy.content", content(policy));
    values.put("policy.verification", Measures.word(policy.verificationLevel()));
    values.put("policy.copies-required", Integer.toString(policy.copiesRequired()));
    if (!policy.copiesRequiredIn().isEmpty()) {
      values.put("policy.copies-required-in", String.join(", ", policy.copiesRequiredIn()));
    }
    values.put("policy.naming", policy.naming().pattern());
    policy
        .naming()
        .patterns()
        .forEach((trigger, own) -> values.put("policy.naming." + Measures.word(trigger), own));
    Duration drills = policy.drillInterval();
    values.put("policy.drill-interval", drills == null ? "none" : Measures.setting(drills));
    values.put("policy.drills", drills(policy.drills()));
    values.put("policy.dump-timeout", Measures.setting(policy.dumpTimeout()));
    fillRestore(values, policy.restore());
  }

  private static void fillRestore(Map<String, String> values, RestoreRules rules) {
    for (RestoreKind kind : RestoreKind.values()) {
      values.put("policy.restore.approvals." + Measures.word(kind), orNone(rules.roles(kind)));
    }
    values.put("policy.restore.approval-validity", Measures.setting(rules.approvalValidity()));
    values.put(
        "policy.restore.approvers",
        orNone(rules.approvers().stream().map(Approver::name).toList()));
    values.put(
        "policy.restore.confirmations",
        orNone(rules.confirmations().stream().map(Measures::word).sorted().toList()));
    values.put("policy.restore.audit-tables", orNone(rules.auditTables()));
    values.put(
        "policy.restore.connections",
        rules.connections() == RestoreOptions.AUTOMATIC
            ? "automatic"
            : Integer.toString(rules.connections()));
    values.put(
        "policy.restore.leave-out",
        orNone(rules.leaveOut().stream().sorted().map(LeaveOut::word).toList()));
  }

  private static String orNone(List<String> texts) {
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  private static String drills(DrillRules rules) {
    int every = rules.negativeControlEvery();
    return (every == 0
            ? "no negative control unless asked for"
            : "a negative control with every " + (every == 1 ? "drill" : every + " drills"))
        + "; exceeding the RTO "
        + (rules.rtoFails() ? "fails" : "is a remark")
        + "; "
        + Measures.count(rules.checks().size(), "check");
  }

  private static String schedule(@Nullable Schedule schedule) {
    return schedule == null
        ? "none"
        : schedule.cron()
            + " in "
            + (schedule.zone().equals(ZoneOffset.UTC) ? "UTC" : schedule.zone());
  }

  private static String rules(Set<RetentionRule> rules) {
    return rules.isEmpty()
        ? "forever"
        : rules.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String immutability(Immutability immutability) {
    return immutability.isAsked()
        ? Measures.setting(immutability.period())
            + " in "
            + (immutability.storages().isEmpty()
                ? "all storages"
                : String.join(", ", immutability.storages()))
            + (immutability.required()
                ? ", to be proved every " + Measures.setting(immutability.proofAge())
                : ", where it can be had")
        : "none";
  }

  private static String content(BackupPolicy policy) {
    var rules = policy.content();
    return "tables at least "
        + rules.minimumTables()
        + ", required "
        + rules.requiredTables()
        + ", rows at least "
        + rules.minimumRows()
        + " "
        + rules.minimumTableRows()
        + ", shrink at most "
        + rules.greatestShrink()
        + ", of a table "
        + rules.greatestTableShrink()
        + " "
        + rules.tableShrink()
        + ", stored bytes at least "
        + rules.minimumStoredBytes();
  }

  private static String orElse(@Nullable Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }
}
