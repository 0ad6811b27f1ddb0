package com.conitrack.backup.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.PolicyWarning.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupPolicyTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void everythingWrongIsToldAtOnce() {
    BackupPolicyBuilder wrong =
        BackupPolicy.builder()
            .schedule("0 3 * *", ZoneOffset.UTC)
            .rto(Duration.ZERO)
            .retain(Trigger.SCHEDULED, RetentionRule.last(0))
            .copiesRequired(0)
            .minimumTables(-1)
            .verificationLevel(VerificationLevel.RESTORED)
            .naming(Naming.of("backup {date}"));

    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, wrong::build);

    assertThat(thrown.problems())
        .extracting(PolicyProblem::setting)
        .containsExactlyInAnyOrder(
            "schedule",
            "rpo",
            "rto",
            "retention.SCHEDULED",
            "copiesRequired",
            "content.minimumTables",
            "verificationLevel",
            "naming");
    assertThat(thrown.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(thrown.problems())
        .allSatisfy(p -> assertThat(thrown.getMessage()).contains(p.message(), p.remedy()));
  }

  @ParameterizedTest
  @MethodSource
  void eachProblemNamesItsSettingAndWhatToChange(
      UnaryOperator<BackupPolicyBuilder> change, String setting, String remedy) {
    ConfigurationException thrown =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> change.apply(BackupPolicy.defaults().toBuilder()).build());

    assertThat(thrown.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.setting()).isEqualTo(setting);
              assertThat(problem.remedy()).contains(remedy);
            });
  }

  static Stream<Arguments> eachProblemNamesItsSettingAndWhatToChange() {
    return Stream.of(
        wrong(b -> b.rpo(DAY.negated()), "rpo", "longer than nothing"),
        wrong(b -> b.rto(Duration.ZERO), "rto", "longer than nothing"),
        wrong(b -> b.dumpTimeout(Duration.ZERO), "dumpTimeout", "longer than nothing"),
        wrong(
            b -> b.immutability(Immutability.required(Duration.ZERO)),
            "immutability.for",
            "longer than nothing"),
        wrong(
            b -> b.retainIn("nas", Trigger.MANUAL, RetentionRule.last(0)),
            "retention.storages.nas.MANUAL",
            "at least 1"),
        wrong(b -> b.drillInterval(Duration.ZERO), "drillInterval", "longer than nothing"),
        wrong(
            b -> b.retain(Trigger.MANUAL, RetentionRule.age(Duration.ZERO)),
            "retention.MANUAL",
            "longer than nothing"),
        wrong(
            b -> b.retain(Trigger.MANUAL, RetentionRule.daily(-1)),
            "retention.MANUAL",
            "at least 1"),
        wrong(b -> b.copiesRequired(17), "copiesRequired", "1 to 16"),
        wrong(
            b -> b.verificationLevel(VerificationLevel.NONE),
            "verificationLevel",
            "STORED or CONTENT"),
        wrong(b -> b.requireTables("a.b.c"), "content.requiredTables", "schema.table"),
        wrong(b -> b.requireTables(" "), "content.requiredTables", "schema.table"),
        wrong(
            b -> b.content(ContentRules.builder().minimumRows(-1).build()),
            "content.minimumRows",
            "or more"),
        wrong(
            b -> b.content(ContentRules.builder().minimumRows("t", -1).build()),
            "content.minimumTableRows.t",
            "or more"),
        wrong(
            b -> b.content(ContentRules.builder().minimumStoredBytes(-1).build()),
            "content.minimumStoredBytes",
            "or more"),
        wrong(
            b -> b.content(ContentRules.builder().greatestShrink(20).build()),
            "content.greatestShrink",
            "fraction"),
        wrong(
            b -> b.content(ContentRules.builder().greatestTableShrink(Double.NaN).build()),
            "content.greatestTableShrink",
            "fraction"),
        wrong(
            b -> b.content(ContentRules.builder().greatestTableShrink("t", -0.1).build()),
            "content.tableShrink.t",
            "fraction"),
        wrong(b -> b.naming(Naming.of("{dat}")), "naming", "{date}"),
        wrong(b -> b.naming(Naming.of("x_{date")), "naming", "{date}"),
        wrong(b -> b.naming(Naming.of("")), "naming", "letters"),
        wrong(b -> b.naming(Naming.of("../{date}")), "naming", "letters"),
        wrong(b -> b.naming(Naming.of("register/{date}")), "naming", "another folder"),
        wrong(
            b -> b.naming(Naming.of("backup_{date}_{time}.sql.gz")),
            "naming",
            "leave extensions out"),
        wrong(b -> b.naming(Naming.of("{database}".repeat(5))), "naming", "shorten"),
        wrong(
            b -> b.naming(Naming.DEFAULT.with(Trigger.MANUAL, "ñ{date}")),
            "naming.MANUAL",
            "letters"));
  }

  private static Arguments wrong(
      UnaryOperator<BackupPolicyBuilder> change, String setting, String remedy) {
    return Arguments.of(change, setting, remedy);
  }

  @Test
  void theRecordItselfCannotBeInvalid() {
    BackupPolicy valid = BackupPolicy.defaults();

    assertThatThrownBy(
            () ->
                new BackupPolicy(
                    null,
                    valid.rpo(),
                    valid.rto(),
                    valid.retention(),
                    valid.content(),
                    valid.verificationLevel(),
                    0,
                    valid.copiesRequiredIn(),
                    valid.naming(),
                    null,
                    valid.dumpTimeout(),
                    valid.drills(),
                    valid.immutability(),
                    valid.restore(),
                    valid.runs()))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void aWrongScheduleIsForgottenOnceAnotherIsSet() {
    BackupPolicyBuilder builder =
        BackupPolicy.defaults().toBuilder().schedule("nonsense", ZoneOffset.UTC);

    assertThat(builder.schedule("0 4 * * *", ZoneOffset.UTC).build().schedule())
        .hasToString("0 4 * * * (Z)");
  }

  @Test
  void toBuilderKeepsEverything() {
    BackupPolicy policy =
        BackupPolicy.sop001().toBuilder()
            .copiesRequired(2)
            .copiesRequiredIn("nas", "cloud")
            .verificationLevel(VerificationLevel.CONTENT)
            .naming(Naming.of("{database}/{trigger}_{date}_{time}"))
            .retentionZone(ZoneId.of("America/Argentina/Buenos_Aires"))
            .dumpTimeout(Duration.ofHours(1))
            .requireTables(Sop001.tables())
            .build();

    assertThat(policy.toBuilder().build()).isEqualTo(policy).isNotEqualTo(BackupPolicy.sop001());
  }

  @Test
  void sop001SaysWhatSection5Says() {
    BackupPolicy policy = BackupPolicy.sop001();
    Schedule schedule = Objects.requireNonNull(policy.schedule());

    assertThat(schedule.next(Instant.parse("2026-01-06T00:00:00Z")))
        .isEqualTo(Instant.parse("2026-01-11T03:00:00Z"));
    assertThat(policy.rpo()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.rto()).isEqualTo(Duration.ofHours(4));
    assertThat(policy.retention().of(Trigger.SCHEDULED)).containsExactly(RetentionRule.last(26));
    assertThat(List.of(Trigger.PRE_CHANGE, Trigger.MANUAL, Trigger.PRE_RESTORE))
        .allSatisfy(
            t ->
                assertThat(policy.retention().of(t))
                    .containsExactly(RetentionRule.age(Duration.ofDays(90))));
    assertThat(policy.retention().of(Trigger.ADOPTED)).isEmpty();
    assertThat(policy.content().minimumTables()).isEqualTo(10);
    assertThat(policy.content().requiredTables()).isEmpty();
    assertThat(
            policy
                .naming()
                .name(Trigger.SCHEDULED, "railway", Instant.parse("2026-01-06T03:00:00Z"), 1))
        .hasToString("backup_2026-01-06_03-00-00");
    assertThat(Sop001.tables())
        .hasSize(26)
        .doesNotHaveDuplicates()
        .contains("lotes", "revinfo", "alertas_aud");
  }

  @Test
  void sop001HasNoSlack() {
    assertThat(BackupPolicy.sop001().warnings())
        .extracting(PolicyWarning::code)
        .containsExactly(Code.RPO_WITHOUT_SLACK, Code.RETENTION_SHORTER_THAN_DRILL_INTERVAL);
    assertThat(BackupPolicy.sop001().warnings().get(0))
        .hasToString(
            "RPO_WITHOUT_SLACK: up to 7 days pass between two scheduled backups, and the newest helps"
                + " only once it is complete: the worst case is the interval plus the duration of a"
                + " backup (assumed: 1 hour), which the RPO of 7 days does not cover; schedule backups"
                + " more often, or set the RPO to more than 7 days 1 hour");
    assertThat(BackupPolicy.sop001().warnings().get(1).message())
        .contains("PRE_CHANGE, MANUAL, PRE_RESTORE", "92 days");
  }

  @Test
  void defaultsGiveNoWarning() {
    assertThat(BackupPolicy.defaults().warnings()).isEmpty();
    assertThat(BackupPolicy.defaults().toBuilder().copiesRequired(2).build().warnings(2)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void whatIsUnwiseIsSaid(UnaryOperator<BackupPolicyBuilder> change, Code code, String message) {
    List<PolicyWarning> warnings =
        change.apply(BackupPolicy.defaults().toBuilder()).build().warnings();

    assertThat(warnings).extracting(PolicyWarning::code).containsExactly(code);
    assertThat(warnings.get(0).message()).contains(message);
    assertThat(warnings.get(0).remedy()).isNotBlank();
  }

  static Stream<Arguments> whatIsUnwiseIsSaid() {
    return Stream.of(
        unwise(b -> b.schedule(null), Code.NO_SCHEDULE, "RPO of 1 day 2 hours"),
        unwise(b -> b.rpo(Duration.ofHours(25)), Code.RPO_WITHOUT_SLACK, "up to 1 day pass"),
        unwise(
            b -> b.schedule("0 3 * * *", ZoneId.of("Europe/Berlin")),
            Code.RPO_WITHOUT_SLACK,
            "up to 1 day 1 hour pass"),
        unwise(b -> b.drillInterval(null), Code.NO_DRILLS, "nothing proves"),
        unwise(
            b -> b.retain(Trigger.SCHEDULED, RetentionRule.last(30)),
            Code.RETENTION_SHORTER_THAN_DRILL_INTERVAL,
            "SCHEDULED"),
        unwise(
            b -> b.retain(Trigger.SCHEDULED, RetentionRule.daily(30), RetentionRule.weekly(13)),
            Code.RETENTION_SHORTER_THAN_DRILL_INTERVAL,
            "SCHEDULED"),
        unwise(
            b ->
                b.drillInterval(DAY)
                    .retain(Trigger.PRE_CHANGE, RetentionRule.age(DAY))
                    .schedule("0 3 * * 0", ZoneOffset.UTC)
                    .rpo(Duration.ofDays(8)),
            Code.PRE_CHANGE_RETENTION_SHORTER_THAN_SCHEDULE,
            "for 1 day, but"),
        unwise(b -> b.retain(Trigger.MANUAL, RetentionRule.last(1)), Code.KEEPS_ONLY_ONE, "MANUAL"),
        unwise(b -> b.retain(Trigger.PRE_RESTORE), Code.KEPT_FOR_EVER, "PRE_RESTORE"),
        unwise(b -> b.minimumTables(0), Code.NO_CONTENT_RULE, "empty database"),
        unwise(
            b -> b.content(ContentRules.builder().requireTables("t").greatestShrink(0).build()),
            Code.NO_SHRINK_ALLOWED,
            "shrink of 0"),
        unwise(
            b -> b.immutability(Immutability.required(Duration.ofDays(200))),
            Code.LOCKED_LONGER_THAN_KEPT,
            "PRE_CHANGE, MANUAL, PRE_RESTORE backups are protected from deletion for 200 days"),
        unwise(
            b ->
                b.retainIn("nas", Trigger.SCHEDULED, RetentionRule.age(Duration.ofDays(20)))
                    .immutability(Immutability.required(Duration.ofDays(30), "nas")),
            Code.LOCKED_LONGER_THAN_KEPT,
            "SCHEDULED backups in storage 'nas' are protected"),
        unwise(b -> b.naming(Naming.of("{database}_{date}")), Code.NAME_WITHOUT_TIME, "SCHEDULED"));
  }

  private static Arguments unwise(
      UnaryOperator<BackupPolicyBuilder> change, Code code, String message) {
    return Arguments.of(change, code, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily", "weekly", "monthly", "yearly", "last", "age"})
  void enoughOfAnyRuleOutlivesTheDrillInterval(String kind) {
    RetentionRule rule =
        switch (kind) {
          case "daily" -> RetentionRule.daily(92);
          case "weekly" -> RetentionRule.weekly(14);
          case "monthly" -> RetentionRule.monthly(3);
          case "yearly" -> RetentionRule.yearly(1);
          case "last" -> RetentionRule.last(92);
          default -> RetentionRule.age(Duration.ofDays(92));
        };

    assertThat(
            BackupPolicy.defaults().toBuilder().retain(Trigger.SCHEDULED, rule).build().warnings())
        .isEmpty();
  }

  @Test
  void whereCopiesGoMattersToo() {
    assertThat(BackupPolicy.defaults().warnings(1))
        .extracting(PolicyWarning::code)
        .containsExactly(Code.SINGLE_COPY);
    assertThat(BackupPolicy.defaults().warnings(2))
        .extracting(PolicyWarning::code)
        .containsExactly(Code.FEWER_COPIES_THAN_STORAGES);
  }

  @Test
  void theProceduresRolesAreInItsPresetOnly() {
    RestoreRules sop = BackupPolicy.sop001().restore();

    assertThat(sop.roles(RestoreKind.FULL)).containsExactly("System Owner");
    assertThat(sop.roles(RestoreKind.PARTIAL)).containsExactly("IT Manager");
    assertThat(sop.confirmations()).hasSize(4);
    assertThat(BackupPolicy.defaults().restore().roles(RestoreKind.FULL)).isEmpty();
  }

  @Test
  void wrongApproversAreToldAllAtOnce() {
    RestoreRules rules =
        RestoreRules.DEFAULT
            .withApprover(new Approver("Marta", List.of(), "no key", List.of()))
            .withApprover(new Approver("marta", List.of(" "), "AAAA", List.of()));

    assertThatThrownBy(() -> BackupPolicy.defaults().toBuilder().restore(rules).build())
        .hasMessageContaining("has no role")
        .hasMessageContaining("is no Ed25519 key")
        .hasMessageContaining("two are called 'marta'")
        .hasMessageContaining("a role is blank");
  }
}
