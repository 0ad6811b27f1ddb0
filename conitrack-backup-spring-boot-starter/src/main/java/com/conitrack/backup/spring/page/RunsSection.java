package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.schedule.Run;
import com.conitrack.backup.core.schedule.RunCalendar;
import com.conitrack.backup.core.schedule.RunState;
import com.conitrack.backup.spring.observe.RecentRuns;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A calendar of three months: what became of each day's runs, by sign and word. Days are those of
 * the schedule's time zone.
 */
final class RunsSection {
  private static final int MONTHS = 3;

  private final PageContents contents;
  private final Language language;

  RunsSection(PageContents contents, Language language) {
    this.contents = contents;
    this.language = language;
  }

  void write(Html html) {
    html.open("section", "aria-labelledby", "runs");
    html.element("h2", Word.RUNS.in(language), "id", "runs");
    Schedule schedule = contents.policy().schedule();
    if (schedule == null) {
      html.element("p", Word.NO_SCHEDULE.in(language));
    } else {
      calendar(html, schedule);
    }
    html.close("section");
  }

  private void calendar(Html html, Schedule schedule) {
    Instant now = contents.now();
    ZoneId zone = schedule.zone();
    YearMonth last = YearMonth.from(now.atZone(zone));
    YearMonth first = last.minusMonths(MONTHS - 1L);
    Instant from = first.atDay(1).atStartOfDay(zone).toInstant();
    RunCalendar calendar =
        RecentRuns.calendar(schedule, contents.policy().runs().grace(), contents.reading(), from);
    html.element(
        "p",
        Word.NEXT_RUN.in(language)
            + ": "
            + Told.minute(calendar.next(now))
            + " · "
            + schedule.cron()
            + " ("
            + Word.DAYS_OF.in(language)
            + " "
            + zone(schedule)
            + ")",
        "class",
        "note");
    Map<LocalDate, Run> worst = worstOfEachDay(calendar.between(from, now, now), zone);
    html.open("div", "class", "months");
    for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
      month(html, month, worst);
    }
    html.close("div");
    legend(html);
  }

  private static String zone(Schedule schedule) {
    return schedule.zone().equals(ZoneOffset.UTC) ? "UTC" : schedule.zone().getId();
  }

  private static Map<LocalDate, Run> worstOfEachDay(List<Run> runs, ZoneId zone) {
    Map<LocalDate, Run> worst = new HashMap<>();
    Comparator<Run> byWeight = Comparator.comparing(run -> weight(run.state()));
    for (Run run : runs) {
      worst.merge(
          LocalDate.ofInstant(run.due(), zone),
          run,
          (one, other) -> byWeight.compare(one, other) >= 0 ? one : other);
    }
    return worst;
  }

  private static int weight(RunState state) {
    return switch (state) {
      case DONE -> 0;
      case DUE -> 1;
      case LATE -> 2;
      case FAILED -> 3;
      case MISSED -> 4;
    };
  }

  private void month(Html html, YearMonth month, Map<LocalDate, Run> runs) {
    html.open("table");
    html.element(
        "caption", DateTimeFormatter.ofPattern("LLLL uuuu", language.locale()).format(month));
    html.open("thead").open("tr");
    for (DayOfWeek day : DayOfWeek.values()) {
      html.element(
          "th", day.getDisplayName(TextStyle.SHORT_STANDALONE, language.locale()), "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
    LocalDate monday = month.atDay(1).with(DayOfWeek.MONDAY);
    for (LocalDate week = monday; !week.isAfter(month.atEndOfMonth()); week = week.plusWeeks(1)) {
      html.open("tr");
      for (int i = 0; i < 7; i++) {
        LocalDate day = week.plusDays(i);
        html.open("td");
        if (YearMonth.from(day).equals(month)) {
          day(html, day, runs.get(day));
        }
        html.close("td");
      }
      html.close("tr");
    }
    html.close("tbody").close("table");
  }

  private void day(Html html, LocalDate day, @Nullable Run run) {
    html.element("span", Integer.toString(day.getDayOfMonth()), "class", "day");
    if (run != null) {
      html.open("i", "class", Told.word(run.state().name()), "title", title(run));
      html.element("span", mark(run.state()), "aria-hidden", "true");
      html.element("span", word(run.state()).in(language), "class", "sr").close("i");
    }
  }

  private String title(Run run) {
    String backup = run.backup() == null ? "" : ", " + run.backup();
    return Told.minute(run.due()) + ": " + word(run.state()).in(language) + backup;
  }

  private void legend(Html html) {
    html.open("ul", "class", "legend");
    for (RunState state : RunState.values()) {
      html.open("li");
      html.element("b", mark(state), "class", Told.word(state.name()), "aria-hidden", "true");
      html.text(word(state).in(language)).close("li");
    }
    html.close("ul");
  }

  private static String mark(RunState state) {
    return switch (state) {
      case DONE -> "✓";
      case LATE -> "◷";
      case MISSED -> "✕";
      case FAILED -> "!";
      case DUE -> "○";
    };
  }

  private static Word word(RunState state) {
    return switch (state) {
      case DONE -> Word.DONE;
      case LATE -> Word.LATE;
      case MISSED -> Word.MISSED;
      case FAILED -> Word.FAILED;
      case DUE -> Word.DUE;
    };
  }
}
