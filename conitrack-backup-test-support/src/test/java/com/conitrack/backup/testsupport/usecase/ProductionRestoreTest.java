package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.production.AnnexIndex;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.Prerequisite;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreRecord.State;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStatus;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.core.production.TableLoss;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionRestoreTest {
  private final World world = new World();
  private final List<String> hooks = new ArrayList<>();
  private ConitrackBackup backups = world.backups();
  private Manifest backup;

  @BeforeEach
  void takeABackupAndGoOnWorking() {
    world
        .database
        .table("public.lote_aud", "id", "rev", "nota")
        .row("public.lote_aud", "1", "1", "alta");
    backup = backups.backup(Trigger.MANUAL).orThrow();
    world
        .database
        .row("public.lote", "3", "L-3")
        .row("public.lote_aud", "3", "2", "with \"quotes\", a\ttab and a\nline")
        .row("public.lote_aud", "3", "3", null)
        .sequence("public.lote_id_seq", 3);
  }

  @Test
  void thePlanTellsWhatIsLostRowByRow() {
    RestorePlan plan = plan();

    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.strategy()).isEqualTo(RestoreStrategy.SWAP);
    assertThat(plan.loss().tables())
        .containsExactly(
            new TableLoss(new TableName("public", "lote"), 3, 2, 1L, 0L, false),
            new TableLoss(new TableName("public", "lote_aud"), 3, 1, 2L, 0L, true));
    assertThat(plan.loss().tablesEqual()).isEqualTo(1);
    assertThat(plan.loss().rowsLost()).isEqualTo(3);
    assertThat(plan.loss().others()).singleElement().asString().contains("lote_id_seq");
    assertThat(databases()).containsExactly("stock");
    assertThat(world.database.rows("public.lote")).hasSize(3);
  }

  @Test
  void aPlanReadsBackAsItWasWrittenAndNotIfItWasAltered() {
    RestorePlan plan = plan();
    String json = new String(plan.toJson(), StandardCharsets.UTF_8);

    assertThat(RestorePlan.read(plan.toJson())).isEqualTo(plan);
    byte[] altered = json.replace("\"stock\"", "\"other\"").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> RestorePlan.read(altered)).hasMessageContaining("altered");
  }

  @Test
  void aPlanMadeAgainLaterIsTheSameUnlessItDoesSomethingElse() {
    RestorePlan before = plan();
    world.database.row("public.lote", "4", "L-4");
    RestorePlan other = backups.planRestore(request().by(RestoreStrategy.RECREATE));

    assertThat(plan().digest()).isEqualTo(before.digest());
    assertThat(other.digest()).isNotEqualTo(before.digest());
  }

  @Test
  void theChecklistSaysWhatIsOpen() {
    backups = world.backups(sop());

    assertThat(plan().open())
        .extracting(Prerequisite::name)
        .containsExactly(
            Prerequisite.Name.APPROVAL,
            Prerequisite.Name.USERS_NOTIFIED,
            Prerequisite.Name.ESTIMATE_COMMUNICATED,
            Prerequisite.Name.SUPPORT_AVAILABLE,
            Prerequisite.Name.COMMUNICATION_PREPARED);
  }

  @Test
  void theBackupTakesTheDatabasesPlaceAndTheOldOneStays() {
    ProductionOutcome.Restored restored = restored(order());

    RestoreRecord record = restored.record();
    assertThat(world.database.rows("public.lote")).hasSize(2);
    assertThat(record.state()).isEqualTo(State.PASSED);
    assertThat(record.leftBeside()).startsWith("stock_before_restore_");
    assertThat(databases()).containsExactly("stock", record.leftBeside());
    assertThat(old(record).rows("public.lote")).hasSize(3);
    assertThat(record.steps())
        .extracting(RestoreRecord.Step::name)
        .containsExactly(
            "stop application",
            "safety backup",
            "audit annex",
            "ready to replace",
            "create database",
            "load and compare",
            "swap",
            "verify",
            "start application",
            "look for late writes");
    assertThat(hooks).containsExactly("stop", "start");
    assertThat(record.fact("lostFrom")).isEqualTo(backup.startedAt().toString());
    assertThat(record.fact("digestBefore")).isNotEqualTo(record.fact("digestAfter"));
    assertThat(backups.register().verify(World.manifests(backups))).isEmpty();
    assertThat(World.manifests(backups).get(0).trigger()).isEqualTo(Trigger.PRE_RESTORE);
    assertThat(backups.catalogue().problems()).isEmpty();
  }

  @Test
  void auditRowsThatWouldBeErasedAreSavedInEveryStorage() {
    RestoreRecord record = restored(order()).record();

    String key = record.fact("annex");
    AnnexIndex index = AnnexIndex.read(World.read(world.nas, key));
    assertThat(index.tables()).hasSize(1);
    AnnexIndex.Table table = index.tables().get(0);
    assertThat(table.rows()).isEqualTo(2);
    for (var storage : List.of(world.nas, world.usb)) {
      assertThat(World.read(storage, key)).isEqualTo(index.toJson());
      assertThat(text(World.read(storage, table.csv().key())))
          .isEqualTo("id,rev,nota\r\n3,2,\"with \"\"quotes\"\", a\ttab and a\nline\"\r\n3,3,\r\n");
      assertThat(text(World.read(storage, table.jsonLines().key())))
          .isEqualTo(
              """
              {"id":"3","rev":"2","nota":"with \\"quotes\\", a\\ttab and a\\nline"}
              {"id":"3","rev":"3","nota":null}
              """);
    }
  }

  @Test
  void theWayBackTakesTheOldOneAndIsRecorded() {
    restored(order());

    RestoreRecord record = backups.rollbackRestore("stock", "wrong backup", recording()).record();

    assertThat(record.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(world.database.rows("public.lote")).hasSize(3);
    assertThat(databases()).containsExactly("stock", record.leftBeside());
    assertThat(record.leftBeside()).startsWith("stock_undone_restore_");
    assertThat(hooks).containsExactly("stop", "start", "stop", "start");
    assertThatThrownBy(() -> backups.rollbackRestore("stock", "again", recording()))
        .hasMessageContaining("no restore is on record");

    backups.discardRestore("stock");
    assertThat(databases()).containsExactly("stock");
    assertThatThrownBy(() -> backups.discardRestore("stock"))
        .hasMessageContaining("no restore is on record");
  }

  @Test
  void discardingDeletesTheOldOneAndTheWayBack() {
    restored(order());

    backups.discardRestore("stock");

    assertThat(databases()).containsExactly("stock");
    assertThat(world.database.rows("public.lote")).hasSize(2);
    assertThatThrownBy(() -> backups.rollbackRestore("stock", "late", recording()))
        .hasMessageContaining("no restore is on record");
  }

  @Test
  void rollingBackAndDiscardingNeedTheTargetNamed() {
    restored(order());

    assertThatThrownBy(() -> backups.rollbackRestore("stok", "typo", recording()))
        .hasMessageContaining("'stok'");
    assertThatThrownBy(() -> backups.discardRestore("stok")).hasMessageContaining("'stok'");
    assertThat(databases()).hasSize(2);
  }

  @Test
  void recreatingLeavesOneDatabase() {
    RestorePlan plan = backups.planRestore(request().by(RestoreStrategy.RECREATE));

    RestoreRecord record = restored(RestoreOrder.of(plan, "stock")).record();

    assertThat(databases()).containsExactly("stock");
    assertThat(world.database.rows("public.lote")).hasSize(2);
    assertThat(record.leftBeside()).isNull();
  }

  @Test
  void recreatingIsRefusedOnceADrillCouldNotLoadTheBackupAndWarnedOfBefore() {
    RestoreOrder undrilled = recreating();
    assertThat(undrilled.plan().remarks()).anyMatch(text -> text.contains("no drill has loaded"));

    failADrill(full());
    assertThat(recreating().plan().obstacles()).isEmpty();
    assertThat(recreating().plan().remarks()).anyMatch(text -> text.contains("disk full"));

    failADrill(new DatabaseException(ErrorKind.DATABASE, "unable to load", "a broken key", null));
    assertThat(recreating().plan().obstacles()).singleElement().asString().contains("a broken key");
    refuses(undrilled, "the last drill could not load it");
    restored(order());
  }

  private void failADrill(DatabaseException failure) {
    world.database.server().onCreate(scratch -> scratch.failNextRestore(failure));
    backups.drill(DrillRequest.of(backup.id()));
    world.database.server().onCreate(scratch -> {});
  }

  @Test
  void refusesAnOrderThatDoesNotNameTheTarget() {
    refuses(RestoreOrder.of(plan(), "stok"), "the order names 'stok'");
  }

  @Test
  void refusesAnOrderWithoutAReason() {
    RestorePlan plan = backups.planRestore(RestoreRequest.of(backup.id()));

    refuses(RestoreOrder.of(plan, "stock"), "no reason is given");
    assertThat(restored(RestoreOrder.of(plan, "stock").because("a fault"))).isNotNull();
  }

  @Test
  void refusesAPlanForAnotherDatabase() {
    RestorePlan plan = plan();
    ConitrackBackup elsewhere =
        ConitrackBackup.builder()
            .database(InMemoryDatabase.named("other"))
            .storage(world.nas)
            .build();

    assertThatThrownBy(() -> elsewhere.restore(RestoreOrder.of(plan, "stock")))
        .hasMessageContaining("the database configured is 'other'");
  }

  @Test
  void refusesWhatThePolicyWantsConfirmedAndIsNot() {
    backups = world.backups(withRules(RestoreRules.DEFAULT.withConfirmations(all())));
    RestoreOrder order = RestoreOrder.of(plan(), "stock");

    refuses(
        order.confirming(Set.of(Confirmation.USERS_NOTIFIED)),
        "not confirmed: communication-prepared, estimate-communicated, support-available");
    restored(order.confirming(all()));
  }

  @Test
  void anApprovalCountsOnceAndOnlyWhenSomethingWasDone() {
    backups = world.backups(withRules(approved()));
    RestorePlan plan = plan();
    RestoreOrder order =
        RestoreOrder.of(plan, "stock")
            .approvedBy(List.of(approval(plan, "marta")))
            .with(recording());

    refuses(order.approvedBy(List.of()), "the approval of System Owner is missing");
    refuses(order.approvedBy(List.of(approval(plan, "ana"))), "nobody approves their own");
    failing(order.with(failingStop()));
    restored(order);
    assertThat(World.entries(backups, RegisterEvent.APPROVAL)).hasSize(1);
    refuses(order, "was used already");
  }

  @Test
  void anApprovalOfAnotherPlanIsRefused() {
    backups = world.backups(withRules(approved()));
    RestorePlan other = backups.planRestore(request().by(RestoreStrategy.RECREATE));

    refuses(
        RestoreOrder.of(plan(), "stock").approvedBy(List.of(approval(other, "marta"))),
        "is for another plan");
  }

  @Test
  void withoutASafetyBackupNothingIsTouched() {
    RestoreOrder order = order();
    world.database.failNextDumpAfter(
        10, new DatabaseException(ErrorKind.DATABASE, "unable to dump", "a bad block", null));

    ProductionOutcome.Failed failed = failing(order);

    assertThat(failed.failure()).hasMessageContaining("a bad block");
    untouched(failed);
    assertThat(hooks).containsExactly("stop", "start");
  }

  @Test
  void aStopHookThatFailsAbortsAndTheApplicationIsStartedAgain() {
    ProductionOutcome.Failed failed = failing(order().with(failingStop()));

    assertThat(failed.failure()).hasMessageContaining("it would not stop");
    untouched(failed);
    assertThat(hooks).containsExactly("start");
  }

  @Test
  void aStartHookThatFailsIsToldAndUndoesNothing() {
    ProductionOutcome.Restored restored = restored(order().with(failingStart()));

    assertThat(restored.remarks()).anyMatch(text -> text.contains("WAS NOT STARTED"));
    assertThat(restored.record().steps())
        .anyMatch(step -> step.detail().contains("FAILED: it would not start"));
    assertThat(world.database.rows("public.lote")).hasSize(2);
  }

  @Test
  void aLoadThatFailsLeavesTheOldOneAndNothingBeside() {
    RestoreOrder order = order();
    world
        .database
        .server()
        .onCreate(
            fresh ->
                fresh.failNextRestore(
                    new DatabaseException(ErrorKind.FULL, "unable to load", "disk full", null)));

    ProductionOutcome.Failed failed = failing(order);

    assertThat(failed.failure()).hasMessageContaining("disk full");
    untouched(failed);
  }

  @Test
  void aRestoredDatabaseThatDiffersNeverTakesThePlace() {
    RestoreOrder order = order();
    world.database.server().onCreate(fresh -> fresh.sequence("public.of_nobody", 9));

    untouched(failing(order));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop application",
        "safety backup",
        "audit annex",
        "create database",
        "load and compare",
        "swap",
        "verify",
        "start application",
        "look for late writes"
      })
  void afterACrashAtAnyStepTheNextCommandSaysWhichDatabaseItIs(String step) {
    RestoreOrder order = order();
    crashAt(step, order);

    backups = world.backups();
    RestoreStatus status = backups.restoreStatus(recording());

    boolean replaced = world.database.rows("public.lote").size() == 2;
    boolean expected = Set.of("verify", "start application", "look for late writes").contains(step);
    RestoreRecord record = status.records().get(0);
    assertThat(replaced).isEqualTo(expected);
    assertThat(record.state()).isEqualTo(replaced ? State.PASSED : State.FAILED);
    assertThat(databases())
        .hasSize(replaced ? 2 : 1)
        .allMatch(name -> name.equals("stock") || name.contains("_before_"));
    assertThat(backups.restoreStatus(recording()).settled()).isEmpty();
    if (replaced) {
      assertThat(record.fact("digestAfter")).isNotNull();
      assertThat(record.fact("annex")).isNotNull();
      backups.rollbackRestore("stock", "test", recording());
      assertThat(world.database.rows("public.lote")).hasSize(3);
    } else {
      restored(order);
    }
  }

  @ParameterizedTest
  @EnumSource(RestoreStrategy.class)
  void aRestoreAfterACrashSettlesItFirst(RestoreStrategy strategy) {
    crashAt("audit annex", RestoreOrder.of(backups.planRestore(request().by(strategy)), "stock"));

    backups = world.backups();
    restored(order());

    assertThat(backups.restoreStatus(recording()).records())
        .extracting(RestoreRecord::state)
        .containsExactly(State.FAILED, State.PASSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "swap",
        "delete the old database",
        "load and compare",
        "put in place",
        "start application"
      })
  void afterACrashOfRecreatingTheNextCommandFinishesOrGoesBack(String step) {
    crashAt(step, recreating());

    backups = world.backups();
    RestoreStatus status = backups.restoreStatus(recording());

    RestoreRecord record = status.records().get(0);
    boolean replaced = world.database.rows("public.lote").size() == 2;
    assertThat(replaced).isEqualTo(!Set.of("swap", "delete the old database").contains(step));
    assertThat(record.state()).isEqualTo(replaced ? State.PASSED : State.FAILED);
    assertThat(world.database.rows("public.lote")).hasSize(replaced ? 2 : 3);
    assertThat(databases()).containsExactly("stock");
    assertThat(hooks).hasSize(status.settled().isEmpty() ? 0 : 1);
    assertThat(backups.restoreStatus(recording()).settled()).isEmpty();
  }

  @Test
  void whereTheBackupCannotBeLoadedAnyMoreRecreatingLoadsTheSafetyBackup() {
    RestoreOrder order = recreating();
    AtomicInteger made = new AtomicInteger();
    world
        .database
        .server()
        .onCreate(
            fresh -> {
              if (made.incrementAndGet() == 2) {
                fresh.failNextRestore(full());
              }
            });

    ProductionOutcome.Failed failed = failing(order);

    assertThat(failed.production()).contains("the old one, loaded from the safety backup");
    assertThat(world.database.rows("public.lote")).hasSize(3);
    assertThat(databases()).containsExactly("stock");
    assertThat(hooks).containsExactly("stop", "start");
  }

  @Test
  void anEmptyDatabaseIsSaidPlainlyAndFilledOnceThatIsPossible() {
    RestoreOrder order = recreating();
    world.database.server().onCreate(fresh -> fresh.failNextRestore(full()));

    ProductionOutcome.Failed failed = failing(order);

    assertThat(failed.production()).contains("EMPTY", "restore status", "restore-to");
    assertThat(hooks).containsExactly("stop");
    RestoreStatus still = backups.restoreStatus(recording());
    assertThat(still.settled()).anyMatch(text -> text.contains("EMPTY"));
    assertThat(still.records().get(0).open()).isTrue();
    assertThat(databases()).containsExactly("stock");
    assertThat(hooks).containsExactly("stop");

    world.database.server().onCreate(fresh -> {});
    RestoreStatus mended = backups.restoreStatus(recording());

    assertThat(mended.records().get(0).state()).isEqualTo(State.PASSED);
    assertThat(world.database.rows("public.lote")).hasSize(2);
    assertThat(databases()).containsExactly("stock");
    assertThat(hooks).containsExactly("stop", "start");
  }

  @Test
  void whatSomebodyMadeInTheEmptyDatabaseIsKept() {
    ConitrackBackup meanwhile =
        world
            .builder()
            .listener(
                event -> {
                  if (event instanceof BackupEvent.RestoreStep at
                      && at.step().equals("put in place")) {
                    world.database.table("public.flyway", "v").row("public.flyway", "1");
                  }
                })
            .build();

    ProductionOutcome outcome = meanwhile.restore(recreating());

    assertThat(outcome.remarks()).anyMatch(text -> text.contains("somebody made"));
    assertThat(databases()).hasSize(2).anyMatch(name -> name.contains("_conitrack_empty_"));
    assertThat(world.database.rows("public.lote")).hasSize(2);
  }

  @Test
  void anOrderThatIsRefusedStartsTheApplicationOfTheRestoreThatItSettled() {
    crashAt("swap", order());

    refuses(RestoreOrder.of(plan(), "stok").with(recording()), "the order names 'stok'");
    assertThat(hooks).containsExactly("start");
    refuses(RestoreOrder.of(plan(), "stok").with(recording()), "the order names 'stok'");
    assertThat(hooks).containsExactly("start");
  }

  @Test
  void aRollbackOrDiscardThatIsRefusedStartsItToo() {
    crashAt("swap", order());
    assertThatThrownBy(() -> backups.rollbackRestore("stock", "x", recording()))
        .hasMessageContaining("no restore is on record");
    crashAt("swap", order());
    assertThatThrownBy(() -> backups.discardRestore("stock", recording()))
        .hasMessageContaining("no restore is on record");

    assertThat(hooks).containsExactly("start", "start");
  }

  private RestoreOrder recreating() {
    return RestoreOrder.of(backups.planRestore(request().by(RestoreStrategy.RECREATE)), "stock")
        .with(recording());
  }

  private static DatabaseException full() {
    return new DatabaseException(ErrorKind.FULL, "unable to load", "disk full", null);
  }

  @Test
  void whileARestoreIsAtWorkOthersAreTold() {
    List<RestoreStatus> seen = new ArrayList<>();
    ApplicationHooks looking =
        new ApplicationHooks() {
          @Override
          public void stop(Context context) {
            seen.add(world.backups().restoreStatus(ApplicationHooks.NONE));
          }

          @Override
          public void start(Context context) {}
        };

    restored(order().with(looking));

    assertThat(seen.get(0).busy()).contains("restore by ana");
    assertThat(seen.get(0).settled()).isEmpty();
  }

  private void crashAt(String step, RestoreOrder order) {
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
    assertThatThrownBy(() -> crashing.restore(order.with(ApplicationHooks.NONE)))
        .isInstanceOf(Crash.class);
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private RestoreRequest request() {
    return RestoreRequest.of(backup.id()).because("lots were lost");
  }

  private RestorePlan plan() {
    return backups.planRestore(request());
  }

  private RestoreOrder order() {
    return RestoreOrder.of(plan(), "stock").with(recording());
  }

  private ProductionOutcome.Restored restored(RestoreOrder order) {
    ProductionOutcome outcome = backups.restore(order);
    assertThat(outcome).isInstanceOf(ProductionOutcome.Restored.class);
    return (ProductionOutcome.Restored) outcome;
  }

  private ProductionOutcome.Failed failing(RestoreOrder order) {
    ProductionOutcome outcome = backups.restore(order);
    assertThat(outcome).isInstanceOf(ProductionOutcome.Failed.class);
    return (ProductionOutcome.Failed) outcome;
  }

  private void refuses(RestoreOrder order, String words) {
    BackupException refusal =
        catchThrowableOfType(BackupException.class, () -> backups.restore(order));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.RULE);
    assertThat(refusal).hasMessageContaining(words).hasMessageContaining("nothing was touched");
    assertThat(databases()).hasSizeLessThanOrEqualTo(2);
  }

  private void untouched(ProductionOutcome.Failed failed) {
    assertThat(failed.production()).contains("the old one, untouched");
    assertThat(world.database.rows("public.lote")).hasSize(3);
    assertThat(databases()).containsExactly("stock");
    assertThat(backups.restoreStatus(ApplicationHooks.NONE).records())
        .singleElement()
        .extracting(RestoreRecord::state)
        .isEqualTo(State.FAILED);
  }

  private List<String> databases() {
    return world.database.server().databases().stream().map(DatabaseDescription::name).toList();
  }

  private InMemoryDatabase old(RestoreRecord record) {
    return world.database.server().database(String.valueOf(record.leftBeside()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static BackupPolicy sop() {
    return BackupPolicy.sop001().toBuilder().minimumTables(1).build();
  }

  private static BackupPolicy withRules(RestoreRules rules) {
    return World.POLICY.toBuilder().restore(rules).build();
  }

  private static RestoreRules approved() {
    return RestoreRules.DEFAULT.withApproval(RestoreKind.FULL, "System Owner");
  }

  private static Set<Confirmation> all() {
    return EnumSet.allOf(Confirmation.class);
  }

  private static Approval approval(RestorePlan plan, String person) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Approval(
        person + "'s",
        person,
        "System Owner",
        "TICKET-1",
        "lots were lost",
        plan.subject(),
        now,
        now.plusSeconds(600),
        null);
  }

  private ApplicationHooks recording() {
    return hooks(null, null);
  }

  private ApplicationHooks failingStop() {
    return hooks("it would not stop", null);
  }

  private ApplicationHooks failingStart() {
    return hooks(null, "it would not start");
  }

  private ApplicationHooks hooks(@Nullable String stop, @Nullable String start) {
    return new ApplicationHooks() {
      @Override
      public void stop(Context context) {
        if (stop != null) {
          throw new IllegalStateException(stop);
        }
        hooks.add("stop");
      }

      @Override
      public void start(Context context) {
        if (start != null) {
          throw new IllegalStateException(start);
        }
        hooks.add("start");
      }
    };
  }
}
