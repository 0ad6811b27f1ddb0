package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DumpRequest;

/** What a database holds now. */
final class LiveContents {
  private LiveContents() {}

  static Fingerprint of(Database database) {
    DumpInspector inspector = new DumpInspector();
    database.dumper().dump(DumpRequest.WHOLE, new InspectingSink(inspector));
    return inspector.finish().fingerprint();
  }

  static Sha256 digest(Database database) {
    return ContentsDigest.of(of(database));
  }
}
