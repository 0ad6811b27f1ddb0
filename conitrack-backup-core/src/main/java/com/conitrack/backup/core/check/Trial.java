package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.PropertyFinding.Result;
import com.conitrack.backup.core.model.BackupException;
import java.io.IOException;

/** The test of one property. */
record Trial(StorageProperty property, Procedure procedure) {
  /** What is done. */
  @FunctionalInterface
  interface Procedure {
    Verdict carryOut(Bench bench) throws IOException;
  }

  /** Carries it out; what is thrown is a failure of the storage, not of the test. */
  PropertyFinding on(Bench bench) {
    try {
      Verdict verdict = procedure.carryOut(bench);
      return new PropertyFinding(property, verdict.result(), verdict.detail(), verdict.hint());
    } catch (BackupException e) {
      return new PropertyFinding(property, Result.FAILED, e.what() + ": " + e.why(), e.hint());
    } catch (IOException e) {
      return new PropertyFinding(
          property, Result.FAILED, String.valueOf(e.getMessage()), "look at the storage's network");
    }
  }
}
