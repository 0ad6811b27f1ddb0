package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.restore.Restorer;

/** What a database holds now. */
final class LiveContents {
  private LiveContents() {}

  static Fingerprint of(Database database) {
    return Restorer.dumpAgain(database).fingerprint();
  }

  static Sha256 digest(Database database) {
    return ContentsDigest.of(of(database));
  }

  /** But for what a restore has left out. */
  static Fingerprint of(Database database, LeftOut leftOut) {
    return Restorer.dumpAgain(database, leftOut).fingerprint();
  }

  /** But for what a restore has left out. */
  static Sha256 digest(Database database, LeftOut leftOut) {
    return ContentsDigest.of(of(database, leftOut));
  }
}
