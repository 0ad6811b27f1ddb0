package com.conitrack.backup.pg;

/** What is reported as committed must survive the server's crash. */
final class DurableCommit {
  /**
   * In a transaction before its COMMIT: where the server is set to answer before a commit is
   * written, this one is written first. Whoever waits for standbys still does, and nobody else
   * begins to.
   */
  static final String STATEMENT =
      "SELECT pg_catalog.set_config('synchronous_commit', 'local', true)"
          + " WHERE pg_catalog.current_setting('synchronous_commit') = 'off'";

  private DurableCommit() {}
}
