package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.policy.RunRules;
import com.conitrack.backup.core.policy.RunRules.CatchUp;
import com.conitrack.backup.core.policy.RunRules.Task;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what {@code schedule} says of how it is kept. */
final class RunRulesReader {
  private static final Map<String, CatchUp> CATCH_UP = byWord(CatchUp.values());
  private static final Map<String, Task> TASKS = byWord(Task.values());

  private RunRulesReader() {}

  static RunRules read(Section schedule, RunRules preset) {
    CatchUp catchUp = schedule.choice("catch-up", CATCH_UP);
    Duration grace = schedule.duration("grace");
    return new RunRules(
        catchUp == null ? preset.catchUp() : catchUp,
        grace == null ? preset.grace() : grace,
        schedule.has("tasks") ? tasks(schedule) : preset.tasks());
  }

  private static Set<Task> tasks(Section schedule) {
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    for (String word : schedule.texts("tasks")) {
      Task task = TASKS.get(word);
      if (task != null) {
        tasks.add(task);
      } else {
        schedule.problem(
            "tasks",
            "'" + word + "' is no task",
            "choose of: " + String.join(", ", TASKS.keySet()));
      }
    }
    return tasks;
  }

  private static <T extends Enum<T>> Map<String, T> byWord(T[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT),
                value -> value,
                (one, other) -> one,
                TreeMap::new));
  }
}
