package com.conitrack.backup.core.production;

/** How a backup takes the place of a database. Names are persisted and never reused. */
public enum RestoreStrategy {
  /**
   * It is restored into a new database beside the one in use and proved equal there; then the two
   * change names in one transaction. The old one is kept for the way back. Needs room for both.
   */
  SWAP,
  /**
   * All objects of the database are dropped and the backup is loaded in one transaction, for hosts
   * with a single database. A failure leaves everything as it was; the way back afterwards is the
   * safety backup.
   */
  IN_ONE_TRANSACTION,
  /**
   * An empty database takes the place of the one in use, which is then deleted before the backup is
   * loaded: for disks that hold only one. Never chosen by itself: while it loads there is no
   * database, and the only way back is the safety backup.
   */
  RECREATE
}
