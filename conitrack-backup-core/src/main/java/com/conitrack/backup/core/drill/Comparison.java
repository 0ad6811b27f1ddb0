package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.NamedContents;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.restore.Likeness;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.restore.Restorer.Loaded;
import java.util.ArrayList;
import java.util.List;

/**
 * A restored database held against its backup: equal or not.
 *
 * @param contents what the restored database holds
 * @param differences one line each; empty if and only if it is equal
 * @param remarks what could not be compared, and why
 */
record Comparison(Fingerprint contents, List<String> differences, List<String> remarks) {

  /**
   * Compares.
   *
   * @param loaded what was loaded
   * @param leftOut what was not
   */
  static Comparison of(Manifest manifest, Loaded loaded, LeftOut leftOut, Database restored) {
    DumpFindings findings = Restorer.dumpAgain(restored, leftOut);
    Fingerprint found = findings.fingerprint();
    if (!findings.whole()) {
      return new Comparison(found, findings.defects(), List.of());
    }
    List<String> others = new ArrayList<>(versions(manifest, restored));
    boolean ownersDiffer =
        manifest.adoption() != null && manifest.tool().options().contains("--no-owner");
    if (ownersDiffer && !leftOut.has(LeaveOut.OWNERSHIP)) {
      others.add(
          "the schema's text was not compared: the dump was taken without owners, which the restored"
              + " database has; rows, sequences and large objects were");
    }
    Likeness likeness =
        others.isEmpty() ? loaded.likeness(findings) : likenessOfRows(loaded, findings);
    others.addAll(likeness.remarks());
    return new Comparison(found, likeness.differences(), others);
  }

  /** Each major version writes the same schema in words of its own. */
  private static List<String> versions(Manifest manifest, Database restored) {
    DumpReport tool = restored.dumper().tool();
    int server = restored.inspector().inspect().version().major();
    boolean same =
        server == manifest.database().version().major()
            && tool.version().major() == manifest.tool().version().major();
    return same
        ? List.of()
        : List.of(
            "the schema's text was not compared: the backup was made by pg_dump "
                + manifest.tool().version()
                + " of PostgreSQL "
                + manifest.database().version()
                + ", the drill used pg_dump "
                + tool.version()
                + " of PostgreSQL "
                + server
                + "; rows, sequences and large objects were");
  }

  private static Likeness likenessOfRows(Loaded loaded, DumpFindings findings) {
    NamedContents named = findings.named();
    return Likeness.of(
        loaded.contents(),
        loaded.named(),
        withSchemaOf(loaded.contents(), findings.fingerprint()),
        new NamedContents(
            withSchemaOf(loaded.named().contents(), named.contents()),
            named.columns(),
            named.columnTypes()));
  }

  private static Fingerprint withSchemaOf(Fingerprint expected, Fingerprint found) {
    return new Fingerprint(
        found.tables(),
        found.sequences(),
        found.largeObjects(),
        expected.objects(),
        expected.schema());
  }
}
