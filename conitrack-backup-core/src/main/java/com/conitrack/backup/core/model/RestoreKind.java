package com.conitrack.backup.core.model;

/** What a restore of real data replaces. Names are persisted and never reused. */
public enum RestoreKind {
  /** Everything in the database. */
  FULL,
  /** Chosen tables. */
  PARTIAL
}
