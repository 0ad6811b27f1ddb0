package com.conitrack.backup.core.production;

import com.conitrack.backup.core.port.DatabaseRestorer.Fate;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds out what became of restores of tables that were interrupted: the server knows whether it
 * committed their transaction. To be used under the database's lock, so that none is at work.
 */
final class InPlaceRecovery {
  private final Setup setup;
  private final Register register;
  private final String database;
  private final List<String> told = new ArrayList<>();

  InPlaceRecovery(Setup setup, Register register, String database) {
    this.setup = setup;
    this.register = register;
    this.database = database;
  }

  List<String> settle() {
    for (InPlaceRecord each : InPlaceRecord.of(register.entries(), database)) {
      if (each.state() == InPlaceRecord.State.BEGUN) {
        settle(each);
      }
    }
    return told;
  }

  private void settle(InPlaceRecord each) {
    // A session that still executes a statement holds the tables, and may not notice for long.
    setup.database().restorer().endLeftovers();
    String transaction = each.fact(RegisterDetails.TRANSACTION);
    Fate fate =
        transaction == null ? Fate.ROLLED_BACK : setup.database().restorer().fateOf(transaction);
    String tables = each.facts().getOrDefault(RegisterDetails.TABLE_NAMES, "the tables");
    String now =
        switch (fate) {
          case COMMITTED -> "the backup's";
          case ROLLED_BACK -> "what they were, untouched";
          case UNKNOWN ->
              "what they were, as far as the server can tell, which has forgotten the transaction: a"
                  + " new plan shows what differs from the backup";
        };
    String detail = "interrupted, and settled afterwards: the rows of " + tables + " are " + now;
    new RestoreJournal(setup, register, each.id(), each.backup(), database, told)
        .require(
            fate == Fate.COMMITTED ? InPlaceRecord.DONE : InPlaceRecord.FAILED,
            Map.of(RegisterDetails.DETAIL, detail));
    told.add("restore of tables %s of %s had been %s".formatted(each.id(), each.begunAt(), detail));
  }
}
