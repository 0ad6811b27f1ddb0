package com.conitrack.backup.spring;

import com.conitrack.backup.core.policy.RunRules;
import com.conitrack.backup.core.policy.RunRules.CatchUp;
import com.conitrack.backup.core.policy.RunRules.Task;
import com.conitrack.backup.spring.properties.PolicyProperties.ScheduleProperties;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the schedule is kept, out of the settings. */
final class RunRulesFactory {
  private final SettingProblems problems;

  RunRulesFactory(SettingProblems problems) {
    this.problems = problems;
  }

  RunRules make(ScheduleProperties given, RunRules preset) {
    CatchUp catchUp =
        given.catchUp() == null ? null : word("catch-up", given.catchUp(), CatchUp.values());
    return new RunRules(
        catchUp == null ? preset.catchUp() : catchUp,
        given.grace() == null ? preset.grace() : given.grace().value(),
        given.tasks() == null ? preset.tasks() : tasks(given.tasks()));
  }

  private Set<Task> tasks(List<String> words) {
    return words.stream()
        .map(word -> word("tasks", word, Task.values()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private <T extends Enum<T>> @Nullable T word(String key, String word, T[] values) {
    for (T value : values) {
      if (spelt(value).equals(word)) {
        return value;
      }
    }
    String all =
        Arrays.stream(values)
            .map(RunRulesFactory::spelt)
            .sorted()
            .collect(Collectors.joining(", "));
    problems.add(
        "policy.schedule." + key, "'" + word + "' is not known here", "choose one of: " + all);
    return null;
  }

  private static String spelt(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
