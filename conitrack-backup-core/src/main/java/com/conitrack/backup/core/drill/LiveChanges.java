package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.drill.DrillReport.TableChange;
import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.TreeSet;

/**
 * A backup held against what its database holds now, by a dump of that: exact, of one moment.
 *
 * @param changes tables with another number of rows
 * @param broken rules of the policy about tables that shrink which are not met
 */
record LiveChanges(List<TableChange> changes, List<String> broken) {

  static LiveChanges since(Fingerprint backup, Setup setup) {
    DumpFindings findings = Restorer.dumpAgain(setup.database(), setup.scope());
    if (!findings.whole()) {
      throw new DatabaseException(
          ErrorKind.DAMAGED,
          "unable to compare the database with the backup",
          "its dump " + String.join(", ", findings.defects()),
          "take a backup, which tells more");
    }
    Fingerprint now = findings.fingerprint();
    List<String> broken =
        setup.policy().content().evaluateShrink(now, backup).stream()
            .filter(result -> !result.met())
            .map(LiveChanges::sentence)
            .toList();
    return new LiveChanges(changes(backup, now), broken);
  }

  private static String sentence(RuleResult result) {
    return "the database has shrunk since the backup: " + result.detail() + "; " + result.rule();
  }

  private static List<TableChange> changes(Fingerprint backup, Fingerprint now) {
    TreeSet<TableName> names = new TreeSet<>();
    backup.tables().forEach(table -> names.add(table.name()));
    now.tables().forEach(table -> names.add(table.name()));
    return names.stream()
        .map(name -> new TableChange(name, rows(backup, name), rows(now, name)))
        .filter(change -> change.before() != change.now())
        .toList();
  }

  private static long rows(Fingerprint all, TableName name) {
    return all.table(name).map(TableFingerprint::totalRows).orElse(0L);
  }
}
