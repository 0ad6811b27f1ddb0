package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Trigger;
import org.junit.jupiter.api.Test;

/** How an application that embeds the library tests its own code without PostgreSQL. */
class EmbedderTest {
  /** What the application would have: it changes its schema only after a good backup. */
  private static boolean migrate(ConitrackBackup backups) {
    return backups.backup(Trigger.PRE_CHANGE).good();
  }

  // README: test
  private final InMemoryDatabase database =
      InMemoryDatabase.named("stock")
          .table("public.lotes", "id", "codigo")
          .row("public.lotes", "1", "L-1");
  private final ConitrackBackup backups =
      ConitrackBackup.builder().database(database).storage(new InMemoryStorage("memory")).build();

  @Test
  void migratesAfterAGoodBackup() {
    assertThat(migrate(backups)).isTrue();
  }

  @Test
  void doesNotMigrateWithoutOne() {
    database.failNextDumpAfter(
        100,
        new DatabaseException(ErrorKind.CONNECTION, "unable to dump", "the server died", null));

    assertThat(migrate(backups)).isFalse();
  }

  // README: end

  @Test
  void outcomesTellWhatHappened() {
    assertThat(backups.backup(Trigger.MANUAL)).isInstanceOf(BackupOutcome.Complete.class);
  }
}
