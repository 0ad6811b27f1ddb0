package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.Health;
import com.conitrack.backup.core.status.LastFailure;
import com.conitrack.backup.core.status.NewestGood;
import com.conitrack.backup.core.status.Reason;
import com.conitrack.backup.core.status.StorageStatus;
import java.time.Duration;

/** The status at a glance. */
final class StatusSection {
  private final BackupStatus status;
  private final Language language;

  StatusSection(PageContents contents, Language language) {
    this.status = contents.status();
    this.language = language;
  }

  static Word health(Health health) {
    return switch (health) {
      case OK -> Word.OK;
      case WARNING -> Word.WARNING;
      case FAILING -> Word.FAILING;
    };
  }

  private static String mark(Health health) {
    return switch (health) {
      case OK -> "✓";
      case WARNING -> "!";
      case FAILING -> "✕";
    };
  }

  void write(Html html) {
    html.open("section", "aria-labelledby", "status");
    html.open("h2", "id", "status", "class", "health " + Told.word(status.health().name()));
    html.element("span", mark(status.health()), "aria-hidden", "true");
    html.text(health(status.health()).in(language)).close("h2");
    reasons(html);
    html.open("dl");
    newest(html);
    recoveryPoint(html);
    status.storages().forEach(storage -> storage(html, storage));
    drill(html);
    fact(
        html,
        Word.REGISTER,
        (status.register().sound() ? Word.SOUND : Word.BROKEN).in(language),
        status.register().entries() + " " + Word.ENTRIES.in(language));
    failure(html);
    html.close("dl").close("section");
  }

  private void reasons(Html html) {
    if (status.reasons().isEmpty()) {
      return;
    }
    html.open("ul", "class", "reasons");
    for (Reason reason : status.reasons()) {
      html.open("li", "class", Told.word(reason.health().name()));
      html.element("b", health(reason.health()).in(language) + ":");
      html.element("span", reason.text(), "lang", "en");
      html.open("br").open("span", "class", "note").text(Word.TO_DO.in(language) + ": ");
      html.element("span", reason.remedy(), "lang", "en").close("span").close("li");
    }
    html.close("ul");
  }

  private void newest(Html html) {
    NewestGood newest = status.newest();
    if (newest == null) {
      fact(html, Word.NEWEST, Word.NONE.in(language), "");
      return;
    }
    String age = Told.duration(newest.age());
    fact(
        html,
        Word.NEWEST,
        language == Language.EN ? age + " ago" : "hace " + age,
        newest.id() + " · " + Told.word(newest.level().name()));
  }

  private void recoveryPoint(Html html) {
    String rpo = Word.RPO.in(language) + " " + Told.duration(status.rpo());
    Duration left = status.rpoRemaining().orElse(null);
    if (left == null) {
      fact(html, Word.RPO, Word.NONE.in(language), rpo);
    } else {
      fact(html, left.isNegative() ? Word.RPO_OVER : Word.RPO_LEFT, Told.duration(left), rpo);
    }
  }

  private void storage(Html html, StorageStatus storage) {
    String counts = storage.proved() + " " + Word.PROVED_OF.in(language) + " " + storage.wanted();
    open(html, Word.COPIES.in(language) + ": " + storage.name());
    html.text(storage.readable() ? counts : Word.UNREADABLE.in(language));
    close(html, storage.readable() ? "" : String.valueOf(storage.problem()));
  }

  private void drill(Html html) {
    DrillRecord last = status.drills().last();
    Duration age = status.drills().age();
    if (last == null || age == null) {
      fact(html, Word.LAST_DRILL, Word.NEVER.in(language), "");
      return;
    }
    Duration took = status.drills().took();
    String told = Told.duration(age);
    fact(
        html,
        Word.LAST_DRILL,
        DrillsSection.result(last.result()).in(language)
            + ", "
            + (language == Language.EN ? told + " ago" : "hace " + told),
        (took == null ? "" : Told.duration(took) + " · ")
            + Word.RTO.in(language)
            + " "
            + Told.duration(status.drills().rto()));
  }

  private void failure(Html html) {
    LastFailure failure = status.lastFailure();
    if (failure == null) {
      fact(html, Word.LAST_FAILURE, Word.NONE.in(language), "");
    } else {
      fact(
          html,
          Word.LAST_FAILURE,
          Told.minute(failure.at()) + ", " + Told.word(failure.event().name()),
          failure.reason());
    }
  }

  private void fact(Html html, Word name, String value, String more) {
    open(html, name.in(language));
    html.text(value);
    close(html, more);
  }

  private static void open(Html html, String name) {
    html.open("div").element("dt", name).open("dd");
  }

  private static void close(Html html, String more) {
    if (!more.isEmpty()) {
      html.element("small", more);
    }
    html.close("dd").close("div");
  }
}
