package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryRunLock;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.port.RunLock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryDatabaseTest {
  private static final DatabaseException BROKEN =
      new DatabaseException(ErrorKind.CONNECTION, "unable to dump", "connection lost", null);

  static InMemoryDatabase populated() {
    InMemoryDatabase database =
        InMemoryDatabase.named("stock")
            .table("public.lote", "id", "codigo")
            .table("public.vacia", "id")
            .table("Otro \"esquema\".tabla; con\nlínea", "a b", "select", "c\"d")
            .row("Otro \"esquema\".tabla; con\nlínea", "\\.", null, "a\tb\nc\rd\\e")
            .row("Otro \"esquema\".tabla; con\nlínea", "", "\\N", "COPY x FROM stdin;\n\\.\n")
            .sequence("public.lote_id_seq", 3_000);
    for (int i = 1; i <= 3_000; i++) {
      database.row("public.lote", String.valueOf(i), "Lote ñandú número " + i + "-".repeat(40));
    }
    return database;
  }

  interface Supply extends DatabaseSupply {
    @Override
    default InMemoryDatabase emptyDatabase() {
      return InMemoryDatabase.named("empty");
    }

    @Override
    default InMemoryDatabase populatedDatabase() {
      return populated();
    }
  }

  @Nested
  class Dumper extends DatabaseDumperContract implements Supply {}

  @Nested
  class Restorer extends DatabaseRestorerContract implements Supply {}

  @Nested
  class Inspector extends DatabaseInspectorContract implements Supply {}

  @Nested
  class Server extends DatabaseServerContract implements Supply {}

  @Nested
  class Lock extends RunLockContract {
    private final RunLock lock = new InMemoryRunLock();

    @Override
    protected RunLock freeLock() {
      return lock;
    }

    @Override
    protected RunLock sameLockAgain() {
      return lock;
    }
  }

  @Test
  void aFaultStopsOneDumpAfterSoManyBytes() {
    InMemoryDatabase database = populated().failNextDumpAfter(1_000, BROKEN);
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    assertThatThrownBy(() -> database.dumper().dump(DumpRequest.WHOLE, sink)).isSameAs(BROKEN);
    assertThat(sink.size()).isEqualTo(1_000);
    assertThat(Dumps.of(database)).contains(Dumps.TRAILER);
  }

  @Test
  void aFaultBeyondTheEndFailsAWholeDump() {
    InMemoryDatabase database = populated().failNextDumpAfter(Long.MAX_VALUE, BROKEN);
    assertThatThrownBy(() -> Dumps.of(database)).isSameAs(BROKEN);
  }

  @Test
  void aFaultStopsOneRestore() {
    String dump = Dumps.of(populated());
    InMemoryDatabase target = InMemoryDatabase.named("target").failNextRestore(BROKEN);
    assertThatThrownBy(() -> Dumps.restore(target, dump)).isSameAs(BROKEN);
    assertThat(target.inspector().userObjects()).isEmpty();
    Dumps.restore(target, dump);
    assertThat(target.rows("public.lote")).hasSize(3_000);
  }

  @Test
  void aDumpCutWithinRowsIsRefused() {
    String dump = Dumps.of(populated());
    InMemoryDatabase target = InMemoryDatabase.named("target");
    byte[] cut = dump.substring(0, dump.indexOf("2999\tLote")).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> target.restorer().restore(sink -> sink.write(cut), Dumps.TIMEOUT))
        .hasMessageContaining("unable to restore into database 'target'");
    assertThat(target.inspector().userObjects()).isEmpty();
  }

  @Test
  void awkwardRowsComeBackAsTheyWere() {
    InMemoryDatabase target = InMemoryDatabase.named("target");
    Dumps.restore(target, Dumps.of(populated()));
    assertThat(target.rows("Otro \"esquema\".tabla; con\nlínea"))
        .containsExactly(
            Arrays.asList("\\.", null, "a\tb\nc\rd\\e"),
            List.of("", "\\N", "COPY x FROM stdin;\n\\.\n"));
  }

  @Test
  void theScopeChoosesTables() {
    DumpScope scope =
        new DumpScope(
            List.of("public"), List.of(), List.of(), List.of("public.va*"), List.of("lote"));
    String dump = Dumps.of(populated(), new DumpRequest(scope, Duration.ofMinutes(1)));
    assertThat(dump).contains("CREATE TABLE public.lote").doesNotContain("vacia", "Otro");
    assertThat(Dumps.rows(dump)).isEmpty();
  }

  @Test
  void theSchemaVersionIsFlywaysNewestSuccessfulOne() {
    InMemoryDatabase database =
        populated()
            .table("public.flyway_schema_history", "installed_rank", "version", "success")
            .row("public.flyway_schema_history", "1", "1", "t")
            .row("public.flyway_schema_history", "2", "2", "t")
            .row("public.flyway_schema_history", "3", null, "t")
            .row("public.flyway_schema_history", "4", "3", "f");
    assertThat(database.inspector().inspect().schemaVersion()).isEqualTo("2");
  }

  @Test
  void aRowOfTheWrongLengthIsRefused() {
    assertThatThrownBy(() -> populated().row("public.lote", "1"))
        .hasMessage("1 values for the 2 columns [id, codigo]");
  }
}
