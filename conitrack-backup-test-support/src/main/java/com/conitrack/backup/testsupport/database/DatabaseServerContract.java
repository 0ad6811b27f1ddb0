package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SwapReport;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link DatabaseServer}. */
public abstract class DatabaseServerContract implements DatabaseSupply {
  private static final String COMMENT = "Ours: it's a \"test\", \\ ñ";

  private final String suffix = UUID.randomUUID().toString();
  private final String beside = "Beside \"" + suffix;
  private final String aside = "order-" + suffix;
  private DatabaseServer server;
  private String live;

  @BeforeEach
  final void makeLive() throws Exception {
    Database populated = populatedDatabase();
    server = populated.server();
    live = populated.inspector().inspect().name();
  }

  @AfterEach
  final void dropAll() {
    server.drop(beside);
    server.drop(aside);
    server.drop(live);
  }

  @Test
  final void aNewDatabaseIsEmptyLikeTheOtherAndSaysWhoseItIs() {
    create(COMMENT);
    Database made = server.database(beside);
    assertThat(made.inspector().userObjects()).isEmpty();
    assertThat(made.inspector().inspect().encoding())
        .isEqualTo(server.database(live).inspector().inspect().encoding());
    assertThat(described(beside).comment()).isEqualTo(COMMENT);
    assertThat(described(beside).owner()).isEqualTo(described(live).owner());
  }

  @Test
  final void aDumpCanBeRestoredIntoANewDatabase() {
    create(null);
    String dump = Dumps.of(server.database(live));
    Dumps.restore(server.database(beside), dump);
    assertThat(Dumps.rows(Dumps.of(server.database(beside)))).isEqualTo(Dumps.rows(dump));
    assertThat(described(beside).comment()).isNull();
  }

  @Test
  final void aDatabaseCanBeMadeAsAManifestTells() {
    Database original = server.database(live);
    NewDatabase.Form form =
        new NewDatabase.Form.Of(
            original.inspector().inspect().encoding(),
            original.inspector().requirements().locale());
    server.create(new NewDatabase(beside, form, null));
    Database made = server.database(beside);
    assertThat(made.inspector().inspect().encoding())
        .isEqualTo(original.inspector().inspect().encoding());
    assertThat(made.inspector().requirements().locale())
        .isEqualTo(original.inspector().requirements().locale());
  }

  @Test
  final void aNameThatIsTakenIsRefusedUntouched() {
    String before = dump(live);
    assertFails(
        () -> server.create(new NewDatabase(live, live, COMMENT)), ErrorKind.ALREADY_EXISTS);
    assertThat(dump(live)).isEqualTo(before);
    assertThat(described(live).comment()).isNotEqualTo(COMMENT);
  }

  @Test
  final void theOriginalOfANewDatabaseMustBeThere() {
    assertFails(() -> server.create(new NewDatabase(beside, "no such", null)), ErrorKind.NOT_FOUND);
    assertThat(find(beside)).isEmpty();
  }

  @Test
  final void aCommentCanBeReplaced() {
    create("first");
    server.comment(beside, COMMENT);
    assertThat(described(beside).comment()).isEqualTo(COMMENT);
    assertFails(() -> server.comment(aside, COMMENT), ErrorKind.NOT_FOUND);
  }

  @Test
  final void aDroppedDatabaseIsGoneWithItsSessions() {
    create(COMMENT);
    Database made = server.database(beside);
    try (RunLock.Held held = made.lock().acquire("test", Duration.ZERO)) {
      assertThat(server.drop(beside)).isTrue();
      assertThat(held.isHeld()).isFalse();
    }
    assertThat(find(beside)).isEmpty();
    assertFails(() -> made.inspector().inspect(), ErrorKind.NOT_FOUND);
  }

  @Test
  final void droppingWhatIsNotThereSucceeds() {
    assertThat(server.drop(beside)).isFalse();
  }

  @Test
  final void aSwapPutsOneInThePlaceOfTheOther() {
    create(COMMENT);
    String old = dump(live);
    String fresh = dump(beside);
    SwapReport report = server.swap(new DatabaseSwap(live, beside, aside, false));
    assertThat(dump(live)).isEqualTo(fresh).isNotEqualTo(old);
    assertThat(dump(aside)).isEqualTo(old);
    assertThat(find(beside)).isEmpty();
    assertThat(described(live).comment()).isEqualTo(COMMENT);
    assertThat(report.window()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  final void aSwapCanBeTakenBack() {
    create(COMMENT);
    String old = dump(live);
    String fresh = dump(beside);
    server.swap(new DatabaseSwap(live, beside, aside, false));
    server.swap(new DatabaseSwap(live, aside, beside, false));
    assertThat(dump(live)).isEqualTo(old);
    assertThat(dump(beside)).isEqualTo(fresh);
    assertThat(find(aside)).isEmpty();
  }

  @Test
  final void aSwapCarriesTheCommentIfItShould() {
    server.comment(live, "stock of the plant");
    create(COMMENT);
    server.swap(new DatabaseSwap(live, beside, aside, true));
    assertThat(described(live).comment()).isEqualTo("stock of the plant");
  }

  @Test
  final void aSwapEndsTheSessionsOfBoth() {
    create(null);
    try (RunLock.Held inLive = server.database(live).lock().acquire("test", Duration.ZERO);
        RunLock.Held inFresh = server.database(beside).lock().acquire("test", Duration.ZERO)) {
      SwapReport report = server.swap(new DatabaseSwap(live, beside, aside, false));
      assertThat(inLive.isHeld()).isFalse();
      assertThat(inFresh.isHeld()).isFalse();
      assertThat(report.sessionsEnded()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  final void aSwapOntoATakenNameMovesNothing() {
    create(null);
    server.create(new NewDatabase(aside, live, COMMENT));
    String old = dump(live);
    assertFails(
        () -> server.swap(new DatabaseSwap(live, beside, aside, true)), ErrorKind.ALREADY_EXISTS);
    assertThat(dump(live)).isEqualTo(old);
    assertThat(find(beside)).isPresent();
  }

  @Test
  final void aSwapNeedsBothDatabases() {
    String old = dump(live);
    assertFails(
        () -> server.swap(new DatabaseSwap(live, beside, aside, false)), ErrorKind.NOT_FOUND);
    assertFails(
        () -> server.swap(new DatabaseSwap(beside, live, aside, false)), ErrorKind.NOT_FOUND);
    assertThat(dump(live)).isEqualTo(old);
  }

  private void create(@Nullable String comment) {
    server.create(new NewDatabase(beside, live, comment));
  }

  private String dump(String name) {
    return Dumps.withoutCommands(Dumps.of(server.database(name)));
  }

  private DatabaseDescription described(String name) {
    return find(name).orElseThrow();
  }

  private Optional<DatabaseDescription> find(String name) {
    return server.databases().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static void assertFails(ThrowingCallable call, ErrorKind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(BackupException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
