package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.dump.RestoreFilter.Brackets;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseRestorer.DumpBody;
import com.conitrack.backup.core.port.RestoreOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of {@link DatabaseRestorer}. */
public abstract class DatabaseRestorerContract implements DatabaseSupply {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.9, 1})
  final void aBodyThatThrowsLeavesTheDatabaseAsItWas(double part) throws Exception {
    byte[] dump = populatedDump().getBytes(StandardCharsets.UTF_8);
    Database target = emptyDatabase();
    IOException damaged = new IOException("digest differs");
    DumpBody body =
        sink -> {
          sink.write(dump, 0, (int) (dump.length * part));
          throw damaged;
        };
    assertThatThrownBy(() -> target.restorer().restore(body, Dumps.TIMEOUT))
        .isInstanceOf(DatabaseException.class)
        .hasCause(damaged);
    assertEmpty(target);
  }

  @Test
  final void anUncheckedFailureOfTheBodyLeavesTheDatabaseAsItWas() throws Exception {
    byte[] dump = populatedDump().getBytes(StandardCharsets.UTF_8);
    Database target = emptyDatabase();
    IllegalStateException bug = new IllegalStateException("a bug");
    DumpBody body =
        sink -> {
          sink.write(dump, 0, dump.length);
          throw bug;
        };
    assertThatThrownBy(() -> target.restorer().restore(body, Dumps.TIMEOUT))
        .isInstanceOf(DatabaseException.class)
        .hasCause(bug);
    assertEmpty(target);
  }

  @Test
  final void aFailingStatementLeavesTheDatabaseAsItWas() throws Exception {
    Database target = emptyDatabase();
    String dump = populatedDump() + "\nTHIS IS NO STATEMENT;\n";
    assertThatThrownBy(() -> Dumps.restore(target, dump))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATABASE))
        .hasMessageContaining("unable to restore");
    assertEmpty(target);
  }

  @Test
  final void aFailingStatementAtTheStartStopsTheRestore() throws Exception {
    Database target = emptyDatabase();
    String dump = "THIS IS NO STATEMENT;\n" + populatedDump();
    assertThatThrownBy(() -> Dumps.restore(target, dump)).isInstanceOf(DatabaseException.class);
    assertEmpty(target);
  }

  @Test
  final void aSecondRestoreIsRefusedAndChangesNothing() throws Exception {
    Database target = emptyDatabase();
    String dump = populatedDump();
    Dumps.restore(target, dump);
    String before = Dumps.withoutCommands(Dumps.of(target));
    assertThatThrownBy(() -> Dumps.restore(target, dump))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("already exists");
    assertThat(Dumps.withoutCommands(Dumps.of(target))).isEqualTo(before);
  }

  /**
   * The server may write an expression differently after the first reload, never after the second;
   * rows stay as they are from the start.
   */
  @Test
  final void aRestoredDatabaseHasTheDumpItWasMadeOf() throws Exception {
    String original = populatedDump();
    Database once = emptyDatabase();
    Dumps.restore(once, original);
    String first = Dumps.of(once);
    assertThat(Dumps.rows(original)).isNotEmpty();
    assertThat(Dumps.rows(first)).isEqualTo(Dumps.rows(original));
    Database twice = emptyDatabase();
    Dumps.restore(twice, first);
    assertThat(Dumps.withoutCommands(Dumps.of(twice))).isEqualTo(Dumps.withoutCommands(first));
  }

  @Test
  final void loadedInPartsItHoldsTheSameAsLoadedWhole() throws Exception {
    String dump = Dumps.of(populatedDatabase());
    Database whole = emptyDatabase();
    Dumps.restore(whole, dump);
    Database inParts = emptyDatabase();
    Dumps.restoreInParts(inParts, dump);
    assertThat(Dumps.withoutCommands(Dumps.of(inParts)))
        .isEqualTo(Dumps.withoutCommands(Dumps.of(whole)));
  }

  @Test
  final void loadedInPartsABodyThatThrowsFailsTheRestore() throws Exception {
    byte[] dump =
        Dumps.restorable(Dumps.of(populatedDatabase()), Brackets.KEPT)
            .getBytes(StandardCharsets.UTF_8);
    IOException damaged = new IOException("digest differs");
    DumpBody body =
        sink -> {
          sink.write(dump, 0, dump.length);
          throw damaged;
        };
    DatabaseRestorer restorer = emptyDatabase().restorer();
    assertThatThrownBy(() -> restorer.restore(body, RestoreOptions.inParts(Dumps.TIMEOUT)))
        .isInstanceOf(DatabaseException.class)
        .hasCause(damaged);
  }

  @Test
  final void loadedInPartsAFailingStatementStopsTheRestore() throws Exception {
    Database target = emptyDatabase();
    String dump = "THIS IS NO STATEMENT;\n" + Dumps.of(populatedDatabase());
    assertThatThrownBy(() -> Dumps.restoreInParts(target, dump))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATABASE));
    assertEmpty(target);
  }

  @Test
  final void aDumpMayComeInTheSmallestPieces() throws Exception {
    byte[] dump = Dumps.restorable(Dumps.of(emptyDatabase())).getBytes(StandardCharsets.UTF_8);
    Database target = emptyDatabase();
    DumpBody body =
        sink -> {
          for (byte each : dump) {
            sink.write(each);
          }
        };
    target.restorer().restore(body, Dumps.TIMEOUT);
    assertEmpty(target);
  }

  private String populatedDump() throws Exception {
    return Dumps.restorable(Dumps.of(populatedDatabase()));
  }

  private static void assertEmpty(Database database) {
    assertThat(database.inspector().userObjects()).isEmpty();
  }
}
