package com.conitrack.backup.core.register;

/** Names of the facts that {@code details} of register entries hold. Persisted, never reused. */
public final class RegisterDetails {
  /** The run that made the backup: {@code Manifest.run()}. */
  public static final String RUN = "run";

  /** Why the backup was taken: a {@code Trigger}. */
  public static final String TRIGGER = "trigger";

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

  /** Why, in words: of a person, or of what failed. */
  public static final String REASON = "reason";

  /** How long it took, in milliseconds. */
  public static final String DURATION_MILLIS = "durationMillis";

  /** Digest of the plan that was shown before it was carried out. */
  public static final String PLAN_DIGEST = "planDigest";

  /** The database a restore went into, as {@code name@host:port}. */
  public static final String TARGET = "target";

  /** The storage a restore read from. */
  public static final String SOURCE = "source";

  /** Names of the storages concerned, where not all are: separated by commas. */
  public static final String STORAGES = "storages";

  /** Until when a storage was told to refuse an object's deletion. */
  public static final String RETAIN_UNTIL = "retainUntil";

  private RegisterDetails() {}
}
