package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every key there is. Keys are never renamed; an unknown one is refused. */
final class ConfigKeys {
  static final List<String> TOP =
      List.of(
          "database",
          "storages",
          "compression",
          "policy",
          "actor",
          "lock-wait",
          "stall-limit",
          "hooks");
  static final List<String> DATABASE =
      List.of(
          "url",
          "user",
          "password",
          "password-file",
          "passfile",
          "tools",
          "maintenance-database",
          "lock-wait",
          "include-schemas",
          "exclude-schemas",
          "include-tables",
          "exclude-tables",
          "exclude-table-data");
  static final List<String> STORAGE = List.of("name", "type");
  static final List<String> COMPRESSION = List.of("codec", "level");
  static final List<String> POLICY =
      List.of(
          "preset",
          "schedule",
          "rpo",
          "rto",
          "retention",
          "content",
          "verification",
          "copies-required",
          "copies-required-in",
          "naming",
          "drill-interval",
          "drills",
          "dump-timeout",
          "immutability",
          "restore");
  static final List<String> SCHEDULE = List.of("cron", "zone", "catch-up", "grace", "tasks");
  static final List<String> TRIGGERS = Arrays.stream(Trigger.values()).map(ConfigKeys::of).toList();
  static final List<String> RETENTION = with("storages", with("zone", TRIGGERS));
  static final List<String> RETENTION_RULES =
      List.of("last", "for", "daily", "weekly", "monthly", "yearly");
  static final List<String> CONTENT =
      List.of(
          "minimum-tables",
          "required-tables",
          "minimum-rows",
          "greatest-shrink",
          "greatest-table-shrink",
          "minimum-stored-bytes");
  static final List<String> IMMUTABILITY = List.of("for", "storages", "require", "proof");
  static final List<String> DRILLS = List.of("negative-control", "rto", "check-timeout", "checks");
  static final List<String> DRILL_CHECK = List.of("name", "sql", "equals", "at-least", "no-rows");
  static final List<String> NAMING = with("default", TRIGGERS);

  static final List<String> RESTORE =
      List.of(
          "approvals",
          "approval-validity",
          "approvers",
          "confirmations",
          "audit-tables",
          "connections",
          "leave-out");
  static final List<String> APPROVALS = List.of("full", "partial");
  static final List<String> APPROVER =
      List.of("name", "roles", "public-key", "public-key-file", "accounts");
  static final List<String> HOOKS = List.of("stop", "start", "timeout");

  private ConfigKeys() {}

  /** A trigger as the file spells it. */
  static String of(Trigger trigger) {
    return trigger.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> with(String first, List<String> others) {
    List<String> all = new ArrayList<>();
    all.add(first);
    all.addAll(others);
    return List.copyOf(all);
  }

  /** All keys by their whole path, for the documentation's test. */
  static List<String> all() {
    List<String> paths = new ArrayList<>(TOP);
    addAll(paths, "database", DATABASE);
    addAll(paths, "storages", STORAGE);
    StorageTypes.all().forEach(type -> addAll(paths, "storages", type.keys()));
    addAll(paths, "compression", COMPRESSION);
    addAll(paths, "policy", POLICY);
    addAll(paths, "policy.schedule", SCHEDULE);
    addAll(paths, "policy.retention", RETENTION);
    TRIGGERS.forEach(t -> addAll(paths, "policy.retention." + t, RETENTION_RULES));
    addAll(paths, "policy.immutability", IMMUTABILITY);
    addAll(paths, "policy.content", CONTENT);
    addAll(paths, "policy.drills", DRILLS);
    addAll(paths, "policy.drills.checks", DRILL_CHECK);
    addAll(paths, "policy.naming", NAMING);
    addAll(paths, "policy.restore", RESTORE);
    addAll(paths, "policy.restore.approvals", APPROVALS);
    addAll(paths, "policy.restore.approvers", APPROVER);
    addAll(paths, "hooks", HOOKS);
    return paths;
  }

  private static void addAll(List<String> paths, String parent, List<String> keys) {
    keys.forEach(key -> paths.add(parent + "." + key));
  }
}
