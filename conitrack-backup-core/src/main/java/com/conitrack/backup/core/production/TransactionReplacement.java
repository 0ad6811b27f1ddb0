package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Likeness;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.restore.Restorer.Loaded;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Drops everything in the database and loads the backup, in one transaction that is committed after
 * the copy was proved whole. What came out is compared with the backup after the commit, for no
 * other session can see it before.
 */
final class TransactionReplacement implements Replacement {
  private final Setup setup;
  private final Restorer restorer;
  private final RestoreGate.Admitted admitted;
  private final RestoreJournal journal;
  private final List<String> remarks;
  private boolean begun;
  private boolean proved;
  private boolean different;
  private @Nullable Manifest safetyBackup;
  private @Nullable String transaction;
  private Fingerprint wanted;
  private @Nullable Loaded loaded;
  private List<String> leftOut = List.of();

  TransactionReplacement(
      Setup setup,
      Restorer restorer,
      RestoreGate.Admitted admitted,
      RestoreJournal journal,
      List<String> remarks) {
    this.setup = setup;
    this.restorer = restorer;
    this.admitted = admitted;
    this.journal = journal;
    this.remarks = remarks;
    this.wanted = admitted.entry().manifest().contents();
  }

  @Override
  public Map<String, String> names() {
    return Map.of();
  }

  @Override
  public Map<String, String> replace(Manifest safety, Fingerprint contents, Runnable lastCall) {
    Map<String, String> facts = new TreeMap<>();
    wanted = contents;
    safetyBackup = safety;
    lastCall.run();
    begun = true;
    journal.step("replace in one transaction", () -> load(facts));
    journal.step("compare", this::compare);
    return facts;
  }

  private String load(Map<String, String> facts) {
    DatabaseRestorer target = setup.database().restorer();
    byte[] clearing = target.clearing().getBytes(StandardCharsets.UTF_8);
    DatabaseRestorer replacing =
        (body, options) -> target.restore(new Replacing(clearing, body), options);
    Loaded poured =
        restorer.pour(
            admitted.entry(),
            replacing,
            RestoreOptions.whole(setup.policy().dumpTimeout()).without(admitted.leftOut()),
            remarks);
    loaded = poured;
    leftOut = poured.leftOut();
    facts.put(RegisterDetails.SOURCE, poured.storage());
    facts.put(RegisterDetails.LOST_TO, setup.clock().instant().toString());
    return "committed, from storage '" + poured.storage() + "'" + LeftOutWords.after(leftOut);
  }

  /**
   * Clears the database and loads the dump; its transaction is on record before it does anything.
   */
  private final class Replacing implements DatabaseRestorer.DumpBody {
    private final byte[] clearing;
    private final DatabaseRestorer.DumpBody body;

    Replacing(byte[] clearing, DatabaseRestorer.DumpBody body) {
      this.clearing = clearing;
      this.body = body;
    }

    @Override
    public void begun(String name) {
      transaction = name;
      journal.require(
          RestoreRecord.STEP,
          Map.of(
              RegisterDetails.STEP,
              "begin transaction",
              RegisterDetails.DETAIL,
              "number " + name,
              RegisterDetails.TRANSACTION,
              name));
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      sink.write(clearing);
      body.writeTo(sink);
    }
  }

  private String compare() {
    DumpFindings findings = Restorer.dumpAgain(setup.database(), admitted.leftOut());
    Fingerprint now = findings.fingerprint();
    Likeness likeness = Objects.requireNonNull(loaded).likeness(findings);
    remarks.addAll(likeness.remarks());
    List<String> differences = likeness.differences();
    if (!differences.isEmpty()) {
      different = true;
      throw new BackupException(
          ErrorKind.DATABASE,
          "unable to prove that the restored database is equal to the backup",
          String.join("; ", differences),
          "look at the differences; the way back is the safety backup");
    }
    proved = true;
    return now.rows()
        + " rows in "
        + now.tables().size()
        + " tables, "
        + LeftOutWords.equal(leftOut);
  }

  @Override
  public Aftermath afterFailure() {
    if (!begun) {
      return Aftermath.notReplaced("the old one, untouched");
    }
    if (proved) {
      return Aftermath.replaced("the backup's");
    }
    if (different) {
      return Aftermath.notReplaced(
          "what was loaded from the backup, and is not equal to it: the way back is the safety"
              + " backup");
    }
    try {
      Manifest safety = safetyBackup;
      return Patience.of(
          () ->
              TransactionVerdict.of(
                  setup.database(),
                  transaction,
                  safety == null ? null : ContentsDigest.of(safety.contents()).hex(),
                  ContentsDigest.of(wanted).hex(),
                  admitted.leftOut()));
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
      return Aftermath.unknown();
    }
  }

  @Override
  public void lookBack(RestoreJournal ignored) {
    // The old contents are gone.
  }
}
