package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.SchemaChange;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of the facts that {@code details} of register entries hold. Persisted, never reused. */
public final class RegisterDetails {
  /** The run that made the backup: {@code Manifest.run()}. */
  public static final String RUN = "run";

  /** Why the backup was taken: a {@code Trigger}. */
  public static final String TRIGGER = "trigger";

  /** The instant of the schedule that a backup was taken for. */
  public static final String DUE = "due";

  /**
   * {@code false} where a backup that was kept has fewer proved copies than the policy requires.
   */
  public static final String GOOD = "good";

  /** The database's name. */
  public static final String DATABASE = "database";

  /** The dump's key. */
  public static final String KEY = "key";

  /** SHA-256 of the manifest's bytes. */
  public static final String MANIFEST_SHA256 = "manifestSha256";

  /** SHA-256 of the dump as stored. */
  public static final String STORED_SHA256 = "storedSha256";

  /** Size of the dump as stored. */
  public static final String STORED_BYTES = "storedBytes";

  /** Size of the plain dump. */
  public static final String PLAIN_BYTES = "plainBytes";

  /** Number of rows in the dump. */
  public static final String ROWS = "rows";

  /** Number of tables in the dump. */
  public static final String TABLES = "tables";

  /** A {@code VerificationLevel}: how far a copy was examined. */
  public static final String LEVEL = "level";

  /** What migrates the schema after a backup, or without one: such as {@code Flyway}. */
  public static final String MIGRATION_TOOL = "migrationTool";

  /** The version that the schema had before it. */
  public static final String SCHEMA_FROM = "schemaFrom";

  /** The version that it was to have after it. */
  public static final String SCHEMA_TO = "schemaTo";

  /** Names of the scripts that were to be run, in that order, commas between. */
  public static final String PENDING_SCRIPTS = "pendingScripts";

  /** Why, in words: of a person, or of what failed. */
  public static final String REASON = "reason";

  /** How long it took, in milliseconds. */
  public static final String DURATION_MILLIS = "durationMillis";

  /** Digest of the plan that was shown before it was carried out. */
  public static final String PLAN_DIGEST = "planDigest";

  /** The database a restore went into, as {@code name@host:port}. */
  public static final String TARGET = "target";

  /** When the dump was taken that was adopted. */
  public static final String TAKEN_AT = "takenAt";

  /** The storage a restore read from; of a dump that was adopted, what its file was called. */
  public static final String SOURCE = "source";

  /** Names of the storages concerned, where not all are: separated by commas. */
  public static final String STORAGES = "storages";

  /** Until when a storage was told to refuse an object's deletion. */
  public static final String RETAIN_UNTIL = "retainUntil";

  /** The id of a restore of real data (a UUID), the same in all its entries. */
  public static final String RESTORE = "restore";

  /** What a restore did: a step. */
  public static final String STEP = "step";

  /** How a restore replaces: a {@code RestoreStrategy}. */
  public static final String STRATEGY = "strategy";

  /** The database that a restore loads into before it takes its place. */
  public static final String FRESH = "fresh";

  /** What the replaced database is called afterwards. */
  public static final String ASIDE = "aside";

  /** What the empty database is called that stood in for one that was recreated. */
  public static final String EMPTIED = "emptied";

  /** What the database is called whose restore was rolled back. */
  public static final String UNDONE = "undone";

  /** What the replaced database said of itself: its comment. */
  public static final String COMMENT = "comment";

  /** The transaction that replaces everything, as the server calls it. */
  public static final String TRANSACTION = "transaction";

  /** The safety backup of a restore. */
  public static final String SAFETY_BACKUP = "safetyBackup";

  /** Digest that stands for what the database held before a restore. */
  public static final String DIGEST_BEFORE = "digestBefore";

  /** Digest that stands for what it holds after it. */
  public static final String DIGEST_AFTER = "digestAfter";

  /** From when on what was written is lost by a restore. */
  public static final String LOST_FROM = "lostFrom";

  /** Until when. */
  public static final String LOST_TO = "lostTo";

  /** Key of the index of the audit rows that a restore would have erased. */
  public static final String ANNEX = "annex";

  /** SHA-256 of that index, which holds those of the rows. */
  public static final String ANNEX_SHA256 = "annexSha256";

  /** How long nobody could connect, in milliseconds. */
  public static final String WINDOW_MILLIS = "windowMillis";

  /** An approval's id. */
  public static final String APPROVAL = "approval";

  /** SHA-256 of an approval's signed bytes. */
  public static final String APPROVAL_SHA256 = "approvalSha256";

  /** Who approved. */
  public static final String PERSON = "person";

  /** As what. */
  public static final String ROLE = "role";

  /** Where the approval or whatever it is about can be found: a ticket or a mail. */
  public static final String REFERENCE = "reference";

  /** What the executor confirmed, names with commas between. */
  public static final String CONFIRMED = "confirmed";

  /** What was found, in words. */
  public static final String DETAIL = "detail";

  /** A drill: the id of its last entry; in its first one the id that the last will bear. */
  public static final String DRILL = "drill";

  /** Of a drill that failed: what kind of error kept the backup from being loaded, as ErrorKind. */
  public static final String ERROR_KIND = "errorKind";

  /** The quarter of a drill, such as {@code 2026-Q4}. */
  public static final String QUARTER = "quarter";

  /** Where a drill took place: server and its version. */
  public static final String ENVIRONMENT = "environment";

  /** How long the restore of a drill took, in minutes with one decimal. */
  public static final String MINUTES = "minutes";

  /** The scratch database of a drill. */
  public static final String SCRATCH = "scratch";

  /** What a drill rejected on purpose, or accepted by mistake. */
  public static final String NEGATIVE_CONTROL = "negativeControl";

  /** What else a person should know. */
  public static final String REMARKS = "remarks";

  /** A schema with tables of a backup beside the real ones. */
  public static final String SCHEMA = "schema";

  /** Names of tables, commas between. */
  public static final String TABLE_NAMES = "tableNames";

  /**
   * What of the dump a restore or drill did not load, words with commas between: those of {@code
   * LeaveOut}, and {@code setting name} for a parameter that the server did not know.
   */
  public static final String LEFT_OUT = "leftOut";

  private RegisterDetails() {}

  /** Adds what {@code change} was to do. */
  public static void putChange(Map<String, String> details, SchemaChange change) {
    details.put(MIGRATION_TOOL, change.tool());
    putKnown(details, SCHEMA_FROM, change.currentVersion());
    putKnown(details, SCHEMA_TO, change.targetVersion());
    details.put(
        PENDING_SCRIPTS,
        change.pendingScripts().stream()
            .map(SchemaChange.Script::name)
            .collect(Collectors.joining(", ")));
  }

  private static void putKnown(Map<String, String> details, String name, @Nullable String value) {
    if (value != null) {
      details.put(name, value);
    }
  }
}
