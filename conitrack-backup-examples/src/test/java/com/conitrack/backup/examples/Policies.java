package com.conitrack.backup.examples;

import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ContentRules;

/** Policies for tests. */
final class Policies {
  /** Takes any dump that is whole. */
  static final BackupPolicy WITHOUT_RULES =
      BackupPolicy.defaults().toBuilder().content(ContentRules.NONE).build();

  private Policies() {}
}
