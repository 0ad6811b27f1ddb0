package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.ToolFacts;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A catalogue entry in few words: all that retention looks at. */
record Sample(
    String name,
    String run,
    String database,
    Trigger trigger,
    Instant startedAt,
    State state,
    @Nullable String hold) {

  enum State {
    GOOD,
    DRILLED,
    DEGRADED,
    DEGRADED_DRILLED,
    DAMAGED,
    RULE_NOT_MET;

    boolean good() {
      return this == GOOD || this == DRILLED;
    }
  }

  private static final Fingerprint EMPTY =
      new Fingerprint(List.of(), List.of(), LargeObjects.NONE, new TreeMap<>(), Sha256.OF_NOTHING);

  static Sample scheduled(String name, String startedAt) {
    return new Sample(
        name, name, "db", Trigger.SCHEDULED, Instant.parse(startedAt), State.GOOD, null);
  }

  Sample named(String other) {
    return new Sample(other, run, database, trigger, startedAt, state, hold);
  }

  Sample rerun(String other) {
    return new Sample(name, other, database, trigger, startedAt, state, hold);
  }

  Sample of(String other) {
    return new Sample(name, run, other, trigger, startedAt, state, hold);
  }

  Sample by(Trigger other) {
    return new Sample(name, run, database, other, startedAt, state, hold);
  }

  Sample as(State other) {
    return new Sample(name, run, database, trigger, startedAt, other, hold);
  }

  Sample held(String why) {
    return new Sample(name, run, database, trigger, startedAt, state, why);
  }

  CatalogueEntry entry() {
    VerificationLevel level =
        switch (state) {
          case DRILLED, DEGRADED_DRILLED -> VerificationLevel.RESTORED;
          case DAMAGED -> VerificationLevel.NONE;
          default -> VerificationLevel.STORED;
        };
    int required = state == State.DEGRADED || state == State.DEGRADED_DRILLED ? 2 : 1;
    CopyState copy = new CopyState("disk", true, level, startedAt, null);
    byte[] text = (name + "\n" + run).getBytes(StandardCharsets.UTF_8);
    return new CatalogueEntry(manifest(required), Sha256.of(text), List.of(copy), hold);
  }

  /** The same with other copies; {@link State#DEGRADED} requires two. */
  CatalogueEntry entryWith(List<CopyState> copies) {
    CatalogueEntry entry = entry();
    return new CatalogueEntry(entry.manifest(), entry.manifestSha256(), copies, hold);
  }

  private Manifest manifest(int copiesRequired) {
    ByteDigest bytes = new ByteDigest(1_000, Sha256.OF_NOTHING);
    return Manifest.builder()
        .id(new BackupId(name))
        .run(run)
        .trigger(trigger)
        .startedAt(startedAt)
        .finishedAt(startedAt.plusSeconds(60))
        .actor(new Actor("test", "host", "test 1"))
        .database(
            new DatabaseFacts(
                database, "localhost", null, new ServerVersion(16, "16.4"), 0, "UTF8", null))
        .tool(new ToolFacts("pg_dump", new ServerVersion(16, "16.4"), List.of(), List.of()))
        .dump(new StoredDump(name + ".sql.gz", List.of("gzip"), bytes, bytes))
        .contents(EMPTY)
        .rules(List.of(new RuleResult("at least 1 table", state != State.RULE_NOT_MET, "")))
        .copiesRequired(copiesRequired)
        .build();
  }

  static Catalogue catalogue(List<Sample> entries) {
    return new Catalogue(entries.stream().map(Sample::entry).toList(), List.of(), true);
  }

  static Catalogue catalogue(Sample... entries) {
    return catalogue(List.of(entries));
  }
}
