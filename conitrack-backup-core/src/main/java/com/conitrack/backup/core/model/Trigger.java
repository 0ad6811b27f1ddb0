package com.conitrack.backup.core.model;

/** Why a backup was taken. Retention is stated per trigger. */
public enum Trigger {
  /** The policy's schedule was due. */
  SCHEDULED,
  /** Before a migration, an update or another critical change. */
  PRE_CHANGE,
  /** A person asked for it. */
  MANUAL,
  /** The safety backup that precedes every production restore. */
  PRE_RESTORE,
  /** Made by another tool and taken into the catalogue afterwards. */
  ADOPTED
}
