package com.conitrack.backup.core.check;

import java.util.Locale;

/** What a storage is put to the test for. Names are persisted and never reused. */
public enum StorageProperty {
  /** What was written is there at once, under its size, byte for byte. */
  READ_AFTER_WRITE,
  /** What was written is in the listing at once. */
  LIST_AFTER_WRITE,
  /** Nothing of an object can be seen before it is committed. */
  INVISIBLE_UNTIL_COMMIT,
  /** An object that exists is not overwritten. */
  CREATE_ONLY,
  /** Of several writers that commit one key at the same moment exactly one wins. */
  ATOMIC_CREATE,
  /** An object that an adapter sends in parts arrives whole. */
  LARGE_UPLOAD,
  /** An object can be read from its middle on. */
  RANGED_READ,
  /** A large upload given up leaves nothing to be seen, and its key free. */
  ABORT,
  /** Media type and metadata are accepted. */
  ATTRIBUTES,
  /** An object can be deleted, is gone at once, and deleting it again is no failure. */
  DELETE,
  /** An early deletion is refused, and what it was meant for is still there. */
  LOCK,
  /** Its clock and ours agree. */
  CLOCK,
  /** How fast it is; measured, not judged. */
  SPEED;

  /** In lower case with hyphens, as the register and people write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
