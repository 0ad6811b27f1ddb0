package com.conitrack.backup.core.production;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of restores that were interrupted, and finishes or clears up: the register
 * tells what they were about to do, and the names of the server's databases how far they came. To
 * be used under the database's lock, so that none is at work. Doing it twice does no harm.
 */
final class RestoreRecovery {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;
  private final DatabaseServer server;
  private final String live;
  private final List<String> told = new ArrayList<>();
  private final List<RestoreRecord> settled = new ArrayList<>();

  RestoreRecovery(Setup setup, Register register, CatalogueReader catalogueReader, String live) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
    this.server = setup.database().server();
    this.live = live;
  }

  /**
   * What was found and done.
   *
   * @param told a sentence for each thing
   * @param settled the restores whose end is now on record, as they stood before
   */
  record Result(List<String> told, List<RestoreRecord> settled) {}

  /**
   * Settles everything.
   *
   * @throws BackupException if the register cannot be read or the server not be asked
   */
  Result settle() {
    List<RestoreRecord> records = RestoreRecord.of(register.entries(), live);
    for (RestoreRecord each : records) {
      if (each.state() == RestoreRecord.State.BEGUN) {
        settleRestore(each);
      } else if (each.state() == RestoreRecord.State.ROLLBACK_BEGUN) {
        settleRollback(each);
      }
    }
    dropStrays();
    told.addAll(new InPlaceRecovery(setup, register, live).settle());
    return new Result(List.copyOf(told), List.copyOf(settled));
  }

  private Set<String> names() {
    return server.databases().stream().map(DatabaseDescription::name).collect(Collectors.toSet());
  }

  private void settleRestore(RestoreRecord each) {
    switch (each.strategy()) {
      case SWAP -> settleSwap(each);
      case RECREATE -> settleRecreate(each);
      case IN_ONE_TRANSACTION -> settleTransaction(each);
    }
  }

  private void settleSwap(RestoreRecord each) {
    String aside = each.fact(RegisterDetails.ASIDE);
    if (aside != null && names().contains(aside)) {
      describeAside(each, aside);
      end(each, true, "the backup's; the one from before is '" + aside + "'");
      return;
    }
    boolean dropped = drop(each.fact(RegisterDetails.FRESH));
    end(
        each,
        false,
        "the old one, untouched" + (dropped ? "; what was being loaded was deleted" : ""));
  }

  private void describeAside(RestoreRecord each, String aside) {
    try {
      server.comment(aside, DatabaseNames.asideComment(each.id(), live));
    } catch (DatabaseException e) {
      told.add(String.valueOf(e.getMessage()));
    }
  }

  private void settleRecreate(RestoreRecord each) {
    String aside = String.valueOf(each.fact(RegisterDetails.ASIDE));
    EmptyPlace.Names names =
        new EmptyPlace.Names(
            live,
            String.valueOf(each.fact(RegisterDetails.FRESH)),
            String.valueOf(each.fact(RegisterDetails.EMPTIED)));
    EmptyPlace place =
        new EmptyPlace(
            setup, new Restorer(setup, register), names, each.id(), each.leftOut(), told);
    if (place.isFilled()) {
      place.clear();
      end(each, true, "the backup's");
    } else if (!names().contains(aside) && !deletedOld(each)) {
      drop(names.fresh());
      end(each, false, "the old one, untouched");
    } else if (names().contains(aside) && (!deletedOld(each) || isWhole(aside))) {
      server.swap(new DatabaseSwap(live, aside, names.fresh(), false));
      drop(names.fresh());
      end(each, false, "the old one");
    } else {
      drop(aside);
      settleDeleted(each, place);
    }
  }

  /** Whether its deletion had not begun: a server that crashed at it may have left a part. */
  private boolean isWhole(String database) {
    try {
      return !LiveContents.of(server.database(database)).tables().isEmpty();
    } catch (BackupException e) {
      return false;
    }
  }

  private void settleDeleted(RestoreRecord each, EmptyPlace place) {
    if (setup.database().inspector().userObjects().isEmpty()) {
      fill(each, place);
    } else if (holds(each, RegisterDetails.DIGEST_AFTER)) {
      end(each, true, "the backup's");
    } else if (holds(each, RegisterDetails.DIGEST_BEFORE)) {
      end(each, false, "the old one, loaded from the safety backup");
    } else {
      end(each, false, "neither the old one nor the backup's: somebody has written to it since");
    }
  }

  /** With the backup that was approved, or else the safety backup. */
  private void fill(RestoreRecord each, EmptyPlace place) {
    String safety = String.valueOf(each.fact(RegisterDetails.SAFETY_BACKUP));
    if (filled(each, place, each.backup())) {
      end(each, true, "the backup's: the old one had been deleted, and the backup was loaded now");
    } else if (filled(each, place, new BackupId(safety))) {
      end(each, false, "the old one, loaded from the safety backup '" + safety + "'");
    } else {
      told.add("the database '" + live + "' is " + RecreateReplacement.lost(live, safety));
    }
  }

  /** False with the reason told; a server that cannot be asked how it ended ends all. */
  private boolean filled(RestoreRecord each, EmptyPlace place, BackupId id) {
    try {
      CatalogueEntry entry = catalogueReader.read().find(id).orElseThrow(() -> gone(id.value()));
      Map<String, String> facts = new TreeMap<>();
      journal(each).step("load and compare", () -> place.load(entry, facts));
      journal(each).step("put in place", place::fill);
      return true;
    } catch (BackupException e) {
      if (e.kind() == ErrorKind.CONNECTION) {
        throw e;
      }
      told.add(String.valueOf(e.getMessage()));
      return false;
    }
  }

  static BackupException gone(String backup) {
    return new BackupException(
        ErrorKind.NOT_FOUND,
        "unable to find backup '" + backup + "'",
        "the storages hold no manifest of that name any more",
        "look at the storages");
  }

  private boolean holds(RestoreRecord each, String digest) {
    String wanted = each.fact(digest);
    return LiveContents.digest(setup.database()).hex().equals(wanted)
        || !each.leftOut().isNothing()
            && LiveContents.digest(setup.database(), each.leftOut()).hex().equals(wanted);
  }

  private static boolean deletedOld(RestoreRecord each) {
    return each.steps().stream().anyMatch(step -> step.name().equals(RecreateReplacement.DELETING));
  }

  /** As long as its session is there, the transaction may still be committed. */
  private void settleTransaction(RestoreRecord each) {
    if (each.fact(RegisterDetails.DIGEST_AFTER) == null) {
      end(each, false, "the old one, untouched");
      return;
    }
    int ended = setup.database().restorer().endLeftovers();
    if (ended > 0) {
      told.add("ended " + ended + " sessions that the interrupted restore had left");
    }
    Replacement.Aftermath found =
        TransactionVerdict.of(
            setup.database(),
            each.fact(RegisterDetails.TRANSACTION),
            each.fact(RegisterDetails.DIGEST_BEFORE),
            each.fact(RegisterDetails.DIGEST_AFTER),
            each.leftOut());
    end(each, found.standing() == Replacement.Standing.REPLACED, found.production());
  }

  private void end(RestoreRecord each, boolean replaced, String production) {
    Map<String, String> details =
        Map.of(
            RegisterDetails.DETAIL,
            "interrupted, and settled afterwards: the database is " + production);
    settled.add(each);
    journal(each).require(replaced ? RestoreRecord.PASSED : RestoreRecord.FAILED, details);
    told.add(
        "restore "
            + each.id()
            + " of "
            + each.begunAt()
            + " had been interrupted: the database '"
            + live
            + "' is "
            + production);
  }

  private RestoreJournal journal(RestoreRecord each) {
    return new RestoreJournal(setup, register, each.id(), each.backup(), live, told);
  }

  private void settleRollback(RestoreRecord each) {
    settled.add(each);
    String undone = each.fact(RegisterDetails.UNDONE);
    boolean happened = undone != null && names().contains(undone);
    String production = happened ? "the one from before the restore" : "still the restored one";
    journal(each)
        .require(
            happened ? RestoreRecord.ROLLED_BACK : RestoreRecord.ROLLBACK_FAILED,
            Map.of(
                RegisterDetails.DETAIL,
                "interrupted, and settled afterwards: the database is " + production));
    if (happened) {
      RestoreUndo.restoreComment(server, each, told);
    }
    told.add(
        "the rollback of restore "
            + each.id()
            + " had been interrupted: the database '"
            + live
            + "' is "
            + production);
  }

  private boolean drop(@Nullable String name) {
    return name != null && server.drop(name);
  }

  /**
   * Databases that restores of this one made and that none needs any more; none is at work. Their
   * comments tell, or, where a crash came between making and commenting, their names.
   */
  private void dropStrays() {
    List<RestoreRecord> records = RestoreRecord.of(register.entries(), live);
    for (DatabaseDescription each : server.databases()) {
      if (isStray(each, records) && server.drop(each.name())) {
        told.add("deleted '" + each.name() + "', which a restore had left half made");
      }
    }
  }

  private boolean isStray(DatabaseDescription database, List<RestoreRecord> records) {
    String name = database.name();
    String comment = database.comment();
    boolean needed =
        name.equals(live) || records.stream().anyMatch(each -> name.equals(each.leftBeside()));
    boolean ours =
        comment == null
            ? DatabaseNames.isProbe(live, name)
                || records.stream().anyMatch(each -> name.equals(each.fact(RegisterDetails.FRESH)))
            : DatabaseNames.isMadeFor(live, comment);
    return ours && !needed;
  }
}
