package com.conitrack.backup.core.production;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.Map;

/** How one backup takes the place of the database: a strategy at work. Used once. */
interface Replacement {

  /** Names of the databases it is going to make, for the register. */
  Map<String, String> names();

  /**
   * Replaces the database.
   *
   * @param safety the safety backup
   * @param contents what the database is to hold
   * @param lastCall to be run right before the first change to the database in use
   * @return facts for the register
   */
  Map<String, String> replace(Manifest safety, Fingerprint contents, Runnable lastCall);

  /**
   * Clears up after {@link #replace} or something before it has failed.
   *
   * @return what the database is now
   */
  Aftermath afterFailure();

  /**
   * How things stand after a failure.
   *
   * @param standing whether the database is the backup's nonetheless
   * @param production what it is, in words
   */
  record Aftermath(Standing standing, String production) {
    static Aftermath replaced(String production) {
      return new Aftermath(Standing.REPLACED, production);
    }

    static Aftermath notReplaced(String production) {
      return new Aftermath(Standing.NOT_REPLACED, production);
    }

    /** The server did not answer. */
    static Aftermath unknown() {
      return new Aftermath(
          Standing.UNKNOWN,
          "not known, as the server cannot be asked: run 'conitrack-backup restore status' once it"
              + " can, which finds out and clears up");
    }
  }

  /** Whose contents the database has. */
  enum Standing {
    /** The backup's. */
    REPLACED,
    /** Not the backup's. */
    NOT_REPLACED,
    /** The next command settles it. */
    UNKNOWN
  }

  /** Once all is done, looks for what was written between safety backup and replacement. */
  void lookBack(RestoreJournal journal);

  /** The strategy of that name at work. */
  static Replacement of(
      RestoreStrategy strategy,
      Setup setup,
      Restorer restorer,
      CatalogueReader catalogueReader,
      RestoreGate.Admitted admitted,
      RestoreJournal journal,
      String restore,
      List<String> remarks) {
    return switch (strategy) {
      case SWAP -> new SwapReplacement(setup, restorer, admitted, journal, restore, remarks);
      case RECREATE ->
          new RecreateReplacement(
              setup, restorer, catalogueReader, admitted, journal, restore, remarks);
      case IN_ONE_TRANSACTION ->
          new TransactionReplacement(setup, restorer, admitted, journal, remarks);
    };
  }
}
