package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpTraits;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a dump cannot become a backup: nothing is kept as one that a drill could not prove. */
final class Fitness {
  private static final int MOST_NAMED = 5;

  private Fitness() {}

  /**
   * The reasons, each with what to do; empty if there are none.
   *
   * @param unfit why a restore would not replay it, null if it would
   */
  static List<String> obstacles(
      DumpFindings findings, DumpTraits traits, @Nullable String unfit, List<RuleResult> rules) {
    List<String> found = new ArrayList<>();
    if (traits.ofWholeInstance()) {
      found.add(
          "it is of a whole instance, made by pg_dumpall: replayed, it would create, and may drop,"
              + " other databases; take the one database with pg_dump");
      return found;
    }
    findings.defects().forEach(defect -> found.add("the dump " + defect));
    addTraits(found, findings, traits);
    if (found.isEmpty() && unfit != null) {
      found.add(unfit);
    }
    if (findings.dumpedFrom() == null && findings.whole()) {
      found.add("it does not say which server it is of; adopt the file as pg_dump wrote it");
    }
    rules.stream()
        .filter(rule -> !rule.met())
        .map(rule -> "it breaks the policy's rule '" + rule.rule() + "': " + rule.detail())
        .forEach(found::add);
    return found;
  }

  private static void addTraits(List<String> found, DumpFindings findings, DumpTraits traits) {
    if (traits.carriageReturns()) {
      found.add(
          "its line ends were made those of Windows on the way, which alters rows and functions;"
              + " take it again with pg_dump --file, or transfer it as binary");
    }
    if (traits.inserts()) {
      found.add(
          "its rows come as INSERT statements, which cannot be compared with those of a database;"
              + " take it without --inserts, --column-inserts and --rows-per-insert");
    }
    if (traits.clears()) {
      found.add(
          "it drops objects before it creates them, for which a restore into a new database has no"
              + " use; take it without --clean");
    }
    if (!traits.rootsOfRows().isEmpty()) {
      found.add(
          "rows of partitions come by way of "
              + traits.rootsOfRows().get(0)
              + ", so that they cannot be compared with those of a database; take it without"
              + " --load-via-partition-root");
    }
    if (traits.keys()
        && findings.fingerprint().tables().isEmpty()
        && !findings.fingerprint().objects().containsKey("materialized view")) {
      found.add("it holds indexes or constraints without their tables; take it without --section");
    }
    boolean rows = traits.copies() || traits.inserts();
    if (rows && !traits.creates()) {
      found.add("it holds rows without their tables; take it without --data-only or --section");
    }
    if (!rows
        && findings.fingerprint().tables().stream().anyMatch(t -> t.kind() == TableKind.TABLE)) {
      found.add("it holds tables without their rows; take it without --schema-only or --section");
    }
  }

  /** What may be missing from a dump though it can be restored. */
  static List<String> remarks(DumpFindings findings, DumpTraits traits) {
    List<String> found = new ArrayList<>();
    List<TableName> withoutRows = traits.withoutRows();
    if (!withoutRows.isEmpty()) {
      String more =
          withoutRows.size() > MOST_NAMED
              ? " and " + (withoutRows.size() - MOST_NAMED) + " more"
              : "";
      found.add(
          "it was taken without the rows of "
              + withoutRows.stream()
                  .limit(MOST_NAMED)
                  .map(TableName::toString)
                  .collect(Collectors.joining(", "))
              + more
              + " (--exclude-table-data): restored from it they are empty");
    }
    if (!traits.keys() && !findings.fingerprint().tables().isEmpty()) {
      found.add(
          "it creates no index, key or other constraint: if the database has some, it was taken"
              + " with --section, and a database restored from it lacks them");
    }
    return found;
  }
}
