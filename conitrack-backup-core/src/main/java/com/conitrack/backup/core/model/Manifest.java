package com.conitrack.backup.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of one backup when it was taken: the JSON beside each dump. It is written once
 * and never changed; what happens later stands in the register. {@code docs/formats.md} specifies
 * it.
 *
 * @param id the backup's name
 * @param run identifies the run that made it (a UUID), whatever the backup is called
 * @param trigger why it was taken
 * @param reason a person's or program's words for it, null if none were given
 * @param due the instant of the schedule that it was taken for; null if for none
 * @param change what was to be done to the schema; null where the backup precedes no migration
 * @param startedAt when the run began; backups are ordered by it
 * @param finishedAt when the dump was complete and read back
 * @param actor who took it
 * @param database what was dumped
 * @param scope which part of it
 * @param tool with what
 * @param dump the dump's key, codings and digests
 * @param contents what is in it
 * @param requirements what a server needs to take it
 * @param rules content rules and how they were met
 * @param copies what became of each copy
 * @param copiesRequired how many proved copies the policy asked for
 * @param copiesRequiredIn names of the storages that the policy asked to hold a proved copy each;
 *     null if it named none
 * @param anchors where the registers stood
 * @param adoption how somebody else's dump became a backup; null if it was taken here
 */
public record Manifest(
    BackupId id,
    String run,
    Trigger trigger,
    @Nullable String reason,
    @Nullable Instant due,
    @Nullable SchemaChange change,
    Instant startedAt,
    Instant finishedAt,
    Actor actor,
    DatabaseFacts database,
    DumpScope scope,
    ToolFacts tool,
    StoredDump dump,
    Fingerprint contents,
    Requirements requirements,
    List<RuleResult> rules,
    List<CopyRecord> copies,
    int copiesRequired,
    @Nullable List<String> copiesRequiredIn,
    List<RegisterAnchor> anchors,
    @Nullable Adoption adoption) {

  public Manifest {
    rules = List.copyOf(rules);
    copies = List.copyOf(copies);
    copiesRequiredIn =
        copiesRequiredIn == null || copiesRequiredIn.isEmpty()
            ? null
            : List.copyOf(copiesRequiredIn);
    anchors = List.copyOf(anchors);
  }

  /** For a new one, of a backup that was taken here. */
  public static ManifestBuilder builder() {
    return new ManifestBuilder();
  }

  /** For one like this. */
  public ManifestBuilder toBuilder() {
    return new ManifestBuilder(this);
  }

  /** The storages that must each hold a proved copy, possibly none. */
  public List<String> storagesRequired() {
    return copiesRequiredIn == null ? List.of() : copiesRequiredIn;
  }

  /** How long the run took until the dump was stored and read back. */
  public Duration duration() {
    return Duration.between(adoption == null ? startedAt : adoption.begunAt(), finishedAt);
  }

  /** The same manifest with other words about its copies. */
  public Manifest withCopies(List<CopyRecord> others) {
    return toBuilder().copies(others).build();
  }

  /** The same manifest, of a dump in other codings. */
  public Manifest withCodecs(List<String> codecs) {
    return toBuilder()
        .dump(new StoredDump(dump.key(), codecs, dump.plain(), dump.stored()))
        .build();
  }

  /** Key of the manifest's own object. */
  public String key() {
    return keyOf(dump.key());
  }

  /** Key of the manifest that belongs to a dump. */
  public static String keyOf(String dumpKey) {
    return dumpKey + SUFFIX;
  }

  /**
   * How somebody else's dump became a backup. {@link #startedAt} is then when that dump was taken,
   * as far as is known; the file itself is stored unchanged, so {@code dump.stored} is its digest.
   *
   * @param source what the file was called
   * @param begunAt when the run began that adopted it
   */
  public record Adoption(String source, Instant begunAt) {}

  /** What a manifest's key adds to its dump's. */
  public static final String SUFFIX = ".manifest.json";
}
