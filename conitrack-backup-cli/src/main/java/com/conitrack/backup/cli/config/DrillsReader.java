package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.policy.DrillCheck;
import com.conitrack.backup.core.policy.DrillCheck.AtLeast;
import com.conitrack.backup.core.policy.DrillCheck.EqualTo;
import com.conitrack.backup.core.policy.DrillCheck.Expected;
import com.conitrack.backup.core.policy.DrillCheck.NoRows;
import com.conitrack.backup.core.policy.DrillRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code drills}: what is asked of a restore for proof. */
final class DrillsReader {
  private static final List<String> EXPECTATIONS = List.of("equals", "at-least", "no-rows");

  private DrillsReader() {}

  static DrillRules read(Section policy, DrillRules preset) {
    Section drills = policy.section("drills", ConfigKeys.DRILLS);
    if (drills == null) {
      return preset;
    }
    Integer every = drills.number("negative-control");
    Boolean rtoFails = drills.choice("rto", Map.of("fail", true, "warn", false));
    Duration timeout = drills.duration("check-timeout");
    return new DrillRules(
        every == null ? preset.negativeControlEvery() : every,
        rtoFails == null ? preset.rtoFails() : rtoFails,
        drills.has("checks") ? checks(drills) : preset.checks(),
        timeout == null ? preset.checkTimeout() : timeout);
  }

  private static List<DrillCheck> checks(Section drills) {
    List<DrillCheck> checks = new ArrayList<>();
    for (Section each : drills.sections("checks")) {
      each.allowOnly(ConfigKeys.DRILL_CHECK);
      String name = required(each, "name");
      String sql = required(each, "sql");
      Expected expected = expected(each);
      if (name != null && sql != null && expected != null) {
        checks.add(new DrillCheck(name, sql, expected));
      }
    }
    return checks;
  }

  private static @Nullable String required(Section check, String key) {
    if (!check.has(key)) {
      check.problem(key, "the check has no " + key, "write " + key + ": …");
    }
    return check.text(key);
  }

  private static @Nullable Expected expected(Section check) {
    List<String> given = EXPECTATIONS.stream().filter(check::has).toList();
    if (given.size() != 1) {
      check.problem(
          given.isEmpty() ? "equals" : given.get(1),
          given.isEmpty() ? "what is expected is not given" : "two things are expected",
          "give one of equals, at-least, no-rows: true");
      return null;
    }
    return switch (given.get(0)) {
      case "equals" -> {
        Scalar text = check.scalar("equals");
        yield text == null ? null : new EqualTo(text.value());
      }
      case "at-least" -> {
        Long least = check.count("at-least");
        yield least == null ? null : new AtLeast(BigDecimal.valueOf(least));
      }
      default ->
          Boolean.TRUE.equals(check.choice("no-rows", Map.of("true", true))) ? new NoRows() : null;
    };
  }
}
