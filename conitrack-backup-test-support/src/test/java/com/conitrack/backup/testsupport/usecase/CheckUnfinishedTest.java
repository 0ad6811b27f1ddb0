package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.check.CheckItem;
import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestoreRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What restores and drills have left undone is told by a check. */
class CheckUnfinishedTest {
  private final World world = new World();
  private final ConitrackBackup backups = world.backups();
  private Manifest backup;

  @BeforeEach
  void takeABackup() {
    backup = backups.backup(Trigger.MANUAL).orThrow();
  }

  @Test
  void withoutRestoresOnlyTheDrillsAreTold() {
    assertThat(items("restores")).isEmpty();
    assertThat(items("left behind")).isEmpty();
    assertThat(items("drills"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.status()).isEqualTo(Status.WARNING);
              assertThat(item.detail()).contains("no drill has passed yet");
            });
  }

  @Test
  void aRestoreThatWasInterruptedFailsTheCheckUntilItIsSettled() {
    interruptAt("swap");

    assertThat(items("restores"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.status()).isEqualTo(Status.FAILED);
              assertThat(item.detail()).contains(backup.id().value(), "interrupted");
            });

    world.backups().restoreStatus(ApplicationHooks.NONE);
    assertThat(items("restores")).isEmpty();
  }

  @Test
  void theDatabaseKeptFromARestoreIsToldUntilItIsDiscarded() {
    backups.restore(order());

    assertThat(items("restores"))
        .singleElement()
        .satisfies(item -> assertThat(item.detail()).contains("_before_restore_"));

    backups.discardRestore("stock");
    assertThat(items("restores")).isEmpty();
  }

  @Test
  void whatAnInterruptedDrillLeftIsTold() {
    world
        .database
        .server()
        .create(
            new NewDatabase(
                "conitrack_drill_left",
                "stock",
                "conitrack-backup scratch database: a drill; safe to drop"));

    assertThat(items("left behind"))
        .singleElement()
        .satisfies(item -> assertThat(item.detail()).contains("'conitrack_drill_left'"));
  }

  @Test
  void aServerThatDoesNotListItsDatabasesIsAWarning() {
    ConitrackBackup silent = world.builder().database(new OnASilentServer(world.database)).build();

    List<CheckItem> items = silent.check().items();

    assertThat(items)
        .filteredOn(item -> item.subject().equals("left behind"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.status()).isEqualTo(Status.WARNING));
    assertThat(items).noneMatch(item -> item.status() == Status.FAILED);
  }

  private List<CheckItem> items(String subject) {
    return world.backups().check().items().stream()
        .filter(item -> item.subject().equals(subject))
        .toList();
  }

  private RestoreOrder order() {
    return RestoreOrder.of(
        backups.planRestore(RestoreRequest.of(backup.id()).because("a test")), "stock");
  }

  private void interruptAt(String step) {
    ConitrackBackup crashing =
        world
            .builder()
            .listener(
                event -> {
                  if (event instanceof BackupEvent.RestoreStep at && at.step().equals(step)) {
                    throw new Crash();
                  }
                })
            .build();
    assertThatThrownBy(() -> crashing.restore(order())).isInstanceOf(Crash.class);
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A managed host that gives out a single database. */
  private record OnASilentServer(Database database) implements Database {
    @Override
    public DatabaseDumper dumper() {
      return database.dumper();
    }

    @Override
    public DatabaseInspector inspector() {
      return database.inspector();
    }

    @Override
    public DatabaseRestorer restorer() {
      return database.restorer();
    }

    @Override
    public RunLock lock() {
      return database.lock();
    }

    @Override
    public DatabaseServer server() {
      return new SilentServer();
    }
  }

  private static final class SilentServer implements DatabaseServer {
    private static DatabaseException refused() {
      return new DatabaseException(
          ErrorKind.PERMISSION, "unable to list the databases", "not allowed", "ask the host");
    }

    @Override
    public List<DatabaseDescription> databases() {
      throw refused();
    }

    @Override
    public Database database(String name) {
      throw refused();
    }

    @Override
    public void create(NewDatabase database) {
      throw refused();
    }

    @Override
    public void comment(String name, String text) {
      throw refused();
    }

    @Override
    public boolean drop(String name) {
      throw refused();
    }

    @Override
    public SwapReport swap(DatabaseSwap swap) {
      throw refused();
    }
  }
}
