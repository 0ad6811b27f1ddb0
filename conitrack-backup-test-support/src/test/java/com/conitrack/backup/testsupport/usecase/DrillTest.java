package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.drill.DrillChoice;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.drill.DrillReport.ControlResult;
import com.conitrack.backup.core.drill.DrillReport.TableChange;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.drill.DrillSignature;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryServer;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ContentRules;
import com.conitrack.backup.core.policy.DrillCheck;
import com.conitrack.backup.core.policy.DrillRules;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrillTest {
  private static final String OURS = "conitrack-backup scratch database: drill of x; safe to drop";

  private final World world = new World();
  private final InMemoryServer server = world.database.server();
  private final ConitrackBackup backups = world.backups();
  private final Manifest manifest = backups.backup(Trigger.MANUAL).orThrow();

  private DrillOutcome drill() {
    return backups.drill(DrillRequest.newest());
  }

  private ConitrackBackup with(DrillRules rules) {
    return world.backups(World.POLICY.toBuilder().drills(rules).build());
  }

  private List<String> databases() {
    return server.databases().stream().map(DatabaseDescription::name).toList();
  }

  private CatalogueEntry entry() {
    return backups.catalogue().find(manifest.id()).orElseThrow();
  }

  private void assertNothingLeft() {
    assertThat(databases()).containsExactly("stock");
  }

  @Test
  void whatRestoresToSomethingElseIsRejectedAndNoLongerGood() {
    server.onCreate(scratch -> scratch.table("public.intruder", "id"));

    DrillOutcome outcome = drill();

    assertThat(outcome).isInstanceOf(DrillOutcome.Rejected.class);
    assertThat(((DrillOutcome.Rejected) outcome).differences())
        .anySatisfy(line -> assertThat(line).contains("public.intruder"));
    assertNothingLeft();
    assertThat(entry().good()).isFalse();
    assertThat(entry().copies())
        .allSatisfy(
            copy -> assertThat(copy.problem()).contains("drill rejected").contains("intruder"));
    backups.verify(manifest.id(), VerificationLevel.CONTENT);
    assertThat(entry().good()).as("sound bytes do not make it restore").isFalse();
  }

  @Test
  void aBackupRejectedOnceIsGoodAgainWhenADrillPasses() {
    server.onCreate(scratch -> scratch.table("public.intruder", "id"));
    drill();
    server.onCreate(scratch -> {});

    assertThat(backups.drill(DrillRequest.of(manifest.id())))
        .isInstanceOf(DrillOutcome.Passed.class);
    assertThat(entry().good()).isTrue();
    assertThat(entry().provedCopies()).isEqualTo(2);
  }

  @Test
  void anErrorWhileLoadingFailsTheDrillAndLeavesNothing() {
    server.onCreate(
        scratch ->
            scratch.failNextRestore(
                new DatabaseException(ErrorKind.FULL, "unable to restore", "disk full", null)));

    DrillOutcome outcome = drill();

    assertThat(((DrillOutcome.Failed) outcome).reasons())
        .singleElement()
        .asString()
        .contains("disk full");
    assertNothingLeft();
    assertThat(entry().good()).as("no verdict on the backup").isTrue();
    assertThat(lastEntry().outcome()).isEqualTo("FAILED");
  }

  @Test
  void aServerThatGivesOutNoSecondDatabaseFailsTheDrill() {
    server.failNext(
        new DatabaseException(ErrorKind.PERMISSION, "unable to create", "not allowed", null));

    DrillOutcome outcome = drill();

    assertThat(((DrillOutcome.Failed) outcome).failure()).hasMessageContaining("not allowed");
    assertNothingLeft();
  }

  @Test
  void aDamagedCopyIsPassedOverAndRecorded() {
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    bytes[bytes.length / 2] ^= 1;
    World.replace(world.nas, manifest.dump().key(), bytes);

    DrillOutcome outcome = backups.drill(DrillRequest.of(manifest.id()));

    assertThat(outcome).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(outcome.report().storage()).isEqualTo("usb");
    assertThat(outcome.report().remarks()).anySatisfy(remark -> assertThat(remark).contains("nas"));
  }

  @Test
  void whenEveryCopyIsDamagedTheDrillFails() {
    byte[] bytes = World.read(world.nas, manifest.dump().key());
    byte[] damaged = bytes.clone();
    damaged[bytes.length / 2] ^= 1;
    World.replace(world.nas, manifest.dump().key(), damaged);
    World.replace(world.usb, manifest.dump().key(), damaged);

    DrillOutcome outcome = drill();

    assertThat(((DrillOutcome.Failed) outcome).failure().kind()).isEqualTo(ErrorKind.DAMAGED);
    assertThat(entry().good()).isFalse();
    assertNothingLeft();
  }

  @Test
  void aCheckThatIsNotMetFailsTheDrill() {
    String lots = "SELECT count(*) FROM public.lote";
    DrillRules rules =
        DrillRules.DEFAULT.withChecks(
            List.of(
                DrillCheck.atLeast("lots", lots, 2),
                DrillCheck.equalTo("exactly", lots, "3"),
                DrillCheck.noRows("none", lots),
                DrillCheck.equalTo("nonsense", "SELECT nonsense", "1")));

    DrillOutcome outcome = with(rules).drill(DrillRequest.newest());

    assertThat(((DrillOutcome.Failed) outcome).reasons())
        .hasSize(3)
        .anySatisfy(reason -> assertThat(reason).contains("'exactly'", "is 2", "expected: 3"));
    assertThat(outcome.report().checks())
        .extracting(check -> check.met())
        .containsExactly(true, false, false, false);
  }

  @Test
  void aRestoreLongerThanTheRtoFailsOrIsARemarkAsThePolicySays() {
    BackupPolicy hasty = World.POLICY.toBuilder().rto(Duration.ofNanos(1)).build();
    DrillRules lenient = DrillRules.DEFAULT.withRtoFails(false);

    DrillOutcome strict = world.backups(hasty).drill(DrillRequest.newest());
    DrillOutcome told =
        world.backups(hasty.toBuilder().drills(lenient).build()).drill(DrillRequest.newest());

    assertThat(((DrillOutcome.Failed) strict).reasons()).singleElement().asString().contains("RTO");
    assertThat(told).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(told.report().remarks()).anySatisfy(each -> assertThat(each).contains("RTO"));
  }

  @Test
  void theNegativeControlRejectsEverythingItIsGiven() {
    DrillOutcome outcome = backups.drill(DrillRequest.newest().withNegativeControl());

    assertThat(outcome).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(outcome.report().controls())
        .hasSize(6)
        .allMatch(ControlResult::rejected)
        .allSatisfy(control -> assertThat(control.detail()).startsWith("rejected: "));
    assertNothingLeft();
    assertThat(entry().provedCopies()).as("the real copies are sound").isEqualTo(2);
    assertThat(World.entries(backups, RegisterEvent.VERIFICATION)).isEmpty();
  }

  @Test
  void aControlThatCannotBeTriedFailsTheDrill() {
    int[] made = new int[1];
    server.onCreate(
        scratch -> {
          if (++made[0] == 4) {
            server.failNext(
                new DatabaseException(ErrorKind.FULL, "unable to comment", "disk full", null));
          }
        });

    DrillOutcome outcome = backups.drill(DrillRequest.newest().withNegativeControl());

    assertThat(((DrillOutcome.Failed) outcome).reasons())
        .singleElement()
        .asString()
        .contains("disk full");
    assertThat(entry().good()).isTrue();
    assertNothingLeft();
  }

  @Test
  void thePolicySaysHowOftenTheNegativeControlIsDue() {
    ConitrackBackup everySecond = with(DrillRules.DEFAULT.withNegativeControlEvery(2));

    assertThat(everySecond.drill(DrillRequest.newest()).report().controls()).isEmpty();
    assertThat(everySecond.drill(DrillRequest.newest()).report().controls()).isNotEmpty();
    assertThat(everySecond.drill(DrillRequest.newest()).report().controls()).isEmpty();
  }

  @Test
  void aTableThatShrankMoreThanAllowedFailsTheComparisonWithTheDatabase() {
    world.database.row("public.movimiento", "2", "2");
    world.database.table("public.lote", "id", "codigo").row("public.lote", "1", "L-1");
    ContentRules rules = ContentRules.builder().greatestTableShrink(0.2).build();
    BackupPolicy policy = World.POLICY.toBuilder().content(rules).build();

    DrillOutcome outcome =
        world.backups(policy).drill(DrillRequest.of(manifest.id()).comparingLive());

    assertThat(outcome.report().changes())
        .containsExactly(
            new TableChange(new TableName("public", "lote"), 2, 1),
            new TableChange(new TableName("public", "movimiento"), 1, 2));
    assertThat(((DrillOutcome.Failed) outcome).reasons())
        .singleElement()
        .asString()
        .contains("shrunk", "public.lote");
  }

  @Test
  void onlyOursAreRemovedFromWhatLiesAround() {
    String announced = drillInterruptedBeforeItsComment();
    create("conitrack_drill_left", OURS);
    create("conitrack_drill_alive", OURS);
    create("conitrack_drill_of_someone_else", "my experiment");
    create("conitrack_drill_silent", null);
    create("other", OURS);
    try (RunLock.Held alive =
        server.database("conitrack_drill_alive").lock().acquire("a drill", Duration.ZERO)) {
      DrillOutcome outcome = world.builder().clock(later()).build().drill(DrillRequest.newest());

      assertThat(alive.isHeld()).isTrue();
      assertThat(outcome.report().remarks())
          .anySatisfy(remark -> assertThat(remark).contains("conitrack_drill_left"))
          .anySatisfy(remark -> assertThat(remark).contains(announced));
    }
    assertThat(databases())
        .containsExactly(
            "conitrack_drill_alive",
            "conitrack_drill_of_someone_else",
            "conitrack_drill_silent",
            "other",
            "stock");
  }

  @Test
  void anAnnouncedDatabaseThatIsNotEmptyIsLeftAlone() {
    String announced = drillInterruptedBeforeItsComment();
    server.database(announced).table("public.mine", "id");

    world.builder().clock(later()).build().drill(DrillRequest.newest());

    assertThat(databases()).contains(announced);
  }

  private static Clock later() {
    return Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
  }

  private void create(String name, @org.jspecify.annotations.Nullable String comment) {
    server.create(new NewDatabase(name, "stock", comment));
  }

  /** As a kill leaves it between making the database and saying whose it is. */
  private String drillInterruptedBeforeItsComment() {
    server.onCreate(
        scratch ->
            server.failNext(
                new DatabaseException(ErrorKind.CONNECTION, "unable to comment", "gone", null)));
    drill();
    server.onCreate(scratch -> {});
    String name =
        World.entries(backups, RegisterEvent.DRILL).get(0).details().get(RegisterDetails.SCRATCH);
    create(name, null);
    return name;
  }

  @Test
  void aDrillIsSignedOffOnceAndNotByWhoHeldIt() {
    String id = drill().report().id();
    assertThatThrownBy(
            () -> backups.drills().signOff(new DrillSignature(id, " Ana", "QA", true, "")))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("held it");
    assertThatThrownBy(
            () -> backups.drills().signOff(new DrillSignature("none", "eva", "QA", true, "")))
        .hasMessageContaining("no drill");

    backups.drills().signOff(new DrillSignature(id, "eva", "QA", true, "seen"));

    assertThatThrownBy(
            () -> backups.drills().signOff(new DrillSignature(id, "luis", "QA", false, "")))
        .hasMessageContaining("eva");
    DrillRecord.SignOff signed = backups.drills().list().get(0).signOff();
    assertThat(signed).isNotNull();
    assertThat(signed.person()).isEqualTo("eva");
    assertThat(signed.result()).isEqualTo("ACCEPTED");
  }

  @Test
  void aPassedDrillRaisesTheCopyAndIsRecordedLineByLine() {
    DrillOutcome outcome = drill();

    assertThat(outcome).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(outcome.report().rows()).isEqualTo(3);
    assertThat(outcome.report().tables()).isEqualTo(2);
    assertThat(outcome.report().notCovered()).isNotEmpty();
    assertThat(entry().level()).isEqualTo(VerificationLevel.RESTORED);
    assertNothingLeft();
    assertThat(backups.drills().list())
        .singleElement()
        .satisfies(
            drill -> {
              assertThat(drill.id()).isEqualTo(outcome.report().id());
              assertThat(drill.quarter()).matches("\\d{4}-Q[1-4]");
              assertThat(drill.backup()).isEqualTo(manifest.id().value());
              assertThat(drill.environment()).contains("memory", "17");
              assertThat(drill.minutes()).matches("\\d+\\.\\d");
              assertThat(drill.rows()).isEqualTo(3);
              assertThat(drill.executedBy()).isEqualTo("ana");
              assertThat(drill.result()).isEqualTo("PASSED");
              assertThat(drill.signOff()).isNull();
            });
  }

  @Test
  void theRestoredDatabaseCanBeKept() {
    DrillOutcome outcome = backups.drill(DrillRequest.newest().keeping());

    String kept = outcome.report().kept();
    assertThat(kept).isNotNull();
    assertThat(server.database(kept).rows("public.lote")).hasSize(2);
    drill();
    assertThat(databases()).as("no later drill takes it for its own").contains(kept);
  }

  @Test
  void aDrillCanBeHeldOnAnotherServerAlsoWhenTheFirstIsGone() {
    InMemoryDatabase elsewhere = InMemoryDatabase.named("maintenance");
    server.drop("stock");

    DrillOutcome outcome = backups.drill(DrillRequest.newest().onServerOf(elsewhere));

    assertThat(outcome).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(elsewhere.server().databases()).hasSize(1);
  }

  @Test
  void whichBackupIsDrilledCanBeChosen() {
    Manifest second = backups.backup(Trigger.MANUAL).orThrow();
    Manifest third = backups.backup(Trigger.MANUAL).orThrow();

    assertThat(chosen(new DrillChoice.Newest())).isEqualTo(third.id().value());
    assertThat(chosen(new DrillChoice.Oldest())).isEqualTo(manifest.id().value());
    assertThat(chosen(new DrillChoice.Named(second.id()))).isEqualTo(second.id().value());
    assertThat(
            new Random(1)
                .ints(40)
                .mapToObj(seed -> chosen(new DrillChoice.Any(new Random(seed))))
                .distinct()
                .count())
        .isEqualTo(3);
    assertThat(
            new DrillChoice.OlderThan(Duration.ofDays(1))
                .among(backups.catalogue().entries(), Instant.now()))
        .isEmpty();
    assertThatThrownBy(() -> chosen(new DrillChoice.OlderThan(Duration.ofDays(1))))
        .hasMessageContaining("no good backup");
  }

  private String chosen(DrillChoice choice) {
    return backups.drills().choose(DrillRequest.of(choice)).id().value();
  }

  private RegisterEntry lastEntry() {
    List<RegisterEntry> all = World.entries(backups, RegisterEvent.DRILL);
    return all.get(all.size() - 1);
  }
}
