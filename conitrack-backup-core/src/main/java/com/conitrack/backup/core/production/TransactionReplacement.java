package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
  }

  @Override
  public Map<String, String> names() {
    return Map.of();
  }

  @Override
  public Map<String, String> replace(Manifest safety, Runnable lastCall) {
    Map<String, String> facts = new TreeMap<>();
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
        (body, options) ->
            target.restore(
                sink -> {
                  sink.write(clearing);
                  body.writeTo(sink);
                },
                options);
    String storage =
        restorer.pour(
            admitted.entry(),
            replacing,
            RestoreOptions.whole(setup.policy().dumpTimeout()),
            remarks);
    facts.put(RegisterDetails.SOURCE, storage);
    facts.put(RegisterDetails.LOST_TO, setup.clock().instant().toString());
    return "committed, from storage '" + storage + "'";
  }

  private String compare() {
    Fingerprint now = LiveContents.of(setup.database());
    List<String> differences = admitted.entry().manifest().contents().differencesTo(now);
    if (!differences.isEmpty()) {
      throw new BackupException(
          ErrorKind.DATABASE,
          "unable to prove that the restored database is equal to the backup",
          String.join("; ", differences),
          "look at the differences; the way back is the safety backup");
    }
    proved = true;
    return now.rows() + " rows in " + now.tables().size() + " tables, equal to the backup";
  }

  @Override
  public Aftermath afterFailure() {
    if (!begun) {
      return new Aftermath(false, "the old one, untouched");
    }
    try {
      Sha256 backup = ContentsDigest.of(admitted.entry().manifest().contents());
      boolean replaced = proved || LiveContents.digest(setup.database()).equals(backup);
      return new Aftermath(
          replaced,
          replaced ? "the backup's" : "not the backup's: the transaction left it as it was");
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
      return new Aftermath(
          false, "not known, as the server cannot be asked: run 'conitrack-backup restore status'");
    }
  }

  @Override
  public void lookBack(RestoreJournal ignored) {
    // The old contents are gone.
  }
}
