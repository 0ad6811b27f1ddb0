package com.conitrack.backup.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Manifest}, whose components tell what each value means. Unless set, what may be
 * absent is so, lists are empty, no copies are required, and the scope is the whole database; all
 * else must be set. Belongs to one thread.
 */
public final class ManifestBuilder {
  private @Nullable BackupId id;
  private @Nullable String run;
  private @Nullable Trigger trigger;
  private @Nullable String reason;
  private @Nullable Instant due;
  private @Nullable SchemaChange change;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Actor actor;
  private @Nullable DatabaseFacts database;
  private DumpScope scope = DumpScope.ALL;
  private @Nullable ToolFacts tool;
  private @Nullable StoredDump dump;
  private @Nullable Fingerprint contents;
  private Requirements requirements = Requirements.NONE;
  private List<RuleResult> rules = List.of();
  private List<CopyRecord> copies = List.of();
  private int copiesRequired;
  private @Nullable List<String> copiesRequiredIn;
  private List<RegisterAnchor> anchors = List.of();
  private Manifest.@Nullable Adoption adoption;

  ManifestBuilder() {}

  ManifestBuilder(Manifest from) {
    id = from.id();
    run = from.run();
    trigger = from.trigger();
    reason = from.reason();
    due = from.due();
    change = from.change();
    startedAt = from.startedAt();
    finishedAt = from.finishedAt();
    actor = from.actor();
    database = from.database();
    scope = from.scope();
    tool = from.tool();
    dump = from.dump();
    contents = from.contents();
    requirements = from.requirements();
    rules = from.rules();
    copies = from.copies();
    copiesRequired = from.copiesRequired();
    copiesRequiredIn = from.copiesRequiredIn();
    anchors = from.anchors();
    adoption = from.adoption();
  }

  /** The backup's name. */
  public ManifestBuilder id(BackupId value) {
    id = value;
    return this;
  }

  /** Identifies the run that made it (a UUID), whatever the backup is called. */
  public ManifestBuilder run(String value) {
    run = value;
    return this;
  }

  /** Why it was taken. */
  public ManifestBuilder trigger(Trigger value) {
    trigger = value;
    return this;
  }

  /** A person's or program's words for it, null if none were given. */
  public ManifestBuilder reason(@Nullable String value) {
    reason = value;
    return this;
  }

  /** The instant of the schedule that it was taken for; null if for none. */
  public ManifestBuilder due(@Nullable Instant value) {
    due = value;
    return this;
  }

  /** What was to be done to the schema; null where the backup precedes no migration. */
  public ManifestBuilder change(@Nullable SchemaChange value) {
    change = value;
    return this;
  }

  /** When the run began. */
  public ManifestBuilder startedAt(Instant value) {
    startedAt = value;
    return this;
  }

  /** When the dump was complete and read back. */
  public ManifestBuilder finishedAt(Instant value) {
    finishedAt = value;
    return this;
  }

  /** Who took it. */
  public ManifestBuilder actor(Actor value) {
    actor = value;
    return this;
  }

  /** What was dumped. */
  public ManifestBuilder database(DatabaseFacts value) {
    database = value;
    return this;
  }

  /** Which part of it. */
  public ManifestBuilder scope(DumpScope value) {
    scope = value;
    return this;
  }

  /** With what. */
  public ManifestBuilder tool(ToolFacts value) {
    tool = value;
    return this;
  }

  /** The dump's key, codings and digests. */
  public ManifestBuilder dump(StoredDump value) {
    dump = value;
    return this;
  }

  /** What is in it. */
  public ManifestBuilder contents(Fingerprint value) {
    contents = value;
    return this;
  }

  /** What a server needs to take it. */
  public ManifestBuilder requirements(Requirements value) {
    requirements = value;
    return this;
  }

  /** Content rules and how they were met. */
  public ManifestBuilder rules(List<RuleResult> value) {
    rules = value;
    return this;
  }

  /** What became of each copy. */
  public ManifestBuilder copies(List<CopyRecord> value) {
    copies = value;
    return this;
  }

  /** How many proved copies the policy asked for. */
  public ManifestBuilder copiesRequired(int value) {
    copiesRequired = value;
    return this;
  }

  /** Names of the storages that the policy asked to hold a proved copy each. */
  public ManifestBuilder copiesRequiredIn(@Nullable List<String> value) {
    copiesRequiredIn = value;
    return this;
  }

  /** Where the registers stood. */
  public ManifestBuilder anchors(List<RegisterAnchor> value) {
    anchors = value;
    return this;
  }

  /** How somebody else's dump became a backup; null if it was taken here. */
  public ManifestBuilder adoption(Manifest.@Nullable Adoption value) {
    adoption = value;
    return this;
  }

  /**
   * The manifest.
   *
   * @throws NullPointerException if something is wanting; it names what
   */
  public Manifest build() {
    return new Manifest(
        Objects.requireNonNull(id, "id"),
        Objects.requireNonNull(run, "run"),
        Objects.requireNonNull(trigger, "trigger"),
        reason,
        due,
        change,
        Objects.requireNonNull(startedAt, "startedAt"),
        Objects.requireNonNull(finishedAt, "finishedAt"),
        Objects.requireNonNull(actor, "actor"),
        Objects.requireNonNull(database, "database"),
        scope,
        Objects.requireNonNull(tool, "tool"),
        Objects.requireNonNull(dump, "dump"),
        Objects.requireNonNull(contents, "contents"),
        requirements,
        rules,
        copies,
        copiesRequired,
        copiesRequiredIn,
        anchors,
        adoption);
  }
}
