package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.schedule.Attempt;
import com.conitrack.backup.core.schedule.Run;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Runs of a schedule.
 *
 * @param runs them, oldest first
 * @param schedule what asks for them
 * @param now how they stand at that moment
 */
public record RunsView(List<Run> runs, Schedule schedule, Instant now) implements View {
  public RunsView {
    runs = List.copyOf(runs);
  }

  @Override
  public void print(Page page) {
    for (Run run : runs) {
      page.wrapped("", "    ", Measures.time(run.due()) + "  " + run.state() + "  " + what(run));
    }
    page.line(Measures.count(runs.size(), "run") + " of the schedule " + schedule);
  }

  private String what(Run run) {
    Attempt served = run.servedBy();
    if (served != null) {
      return served.backup()
          + after(run)
          + ", by "
          + served.by().name()
          + " on "
          + served.by().host();
    }
    if (!run.failures().isEmpty()) {
      Attempt last = run.failures().get(run.failures().size() - 1);
      return Measures.count(run.failures().size(), "attempt") + ", the last: " + last.problem();
    }
    return run.due().isAfter(now) ? "to come" : "nobody has tried";
  }

  private static String after(Run run) {
    Duration delay = run.delay();
    return delay == null || delay.toSeconds() < 1 ? "" : " after " + Measures.duration(delay);
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "schedule list")
        .put("at", now.toString())
        .put("schedule", schedule.cron())
        .put("zone", schedule.zone().getId());
    ArrayNode array = document.putArray("runs");
    for (Run run : runs) {
      ObjectNode node =
          array.addObject().put("due", run.due().toString()).put("state", run.state().name());
      Attempt served = run.servedBy();
      if (served != null) {
        node.put("backup", served.backup().value())
            .put("startedAt", served.startedAt().toString())
            .put("by", served.by().name())
            .put("host", served.by().host());
      }
      ArrayNode failures = node.putArray("failures");
      run.failures()
          .forEach(
              failed ->
                  failures
                      .addObject()
                      .put("at", failed.endedAt().toString())
                      .put("reason", failed.problem()));
    }
  }
}
