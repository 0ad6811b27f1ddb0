package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.Map;

/** Stub. */
final class TransactionReplacement implements Replacement {
  TransactionReplacement(
      Setup setup,
      Restorer restorer,
      RestoreGate.Admitted admitted,
      RestoreJournal journal,
      List<String> remarks) {}

  @Override
  public Map<String, String> names() {
    return Map.of();
  }

  @Override
  public Map<String, String> replace(Manifest safety, Runnable lastCall) {
    throw new BackupException(ErrorKind.RULE, "unable", "stub", null);
  }

  @Override
  public Aftermath afterFailure() {
    return new Aftermath(false, "the old one, untouched");
  }

  @Override
  public void lookBack(RestoreJournal journal) {}
}
