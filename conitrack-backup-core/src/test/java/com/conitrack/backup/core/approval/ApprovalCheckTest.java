package com.conitrack.backup.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.policy.Approver;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RestoreRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  private static final ApprovalKey.Generated MARTA = ApprovalKey.generate();
  private static final ApprovalKey.Generated STRANGER = ApprovalKey.generate();
  private static final RestoreRules UNSIGNED = BackupPolicy.sop001().restore();
  private static final RestoreRules SIGNED =
      UNSIGNED.withApprover(
          new Approver(
              "Marta Gómez",
              List.of("System Owner", "IT Manager"),
              MARTA.publicText(),
              List.of("mgomez")));

  private static final ApprovalSubject SUBJECT =
      new ApprovalSubject(
          RestoreKind.FULL,
          new BackupId("backup_1"),
          "run-1",
          "conitrack",
          "db:5432",
          "7312",
          sha("plan"));

  private static final Approval GOOD =
      new Approval(
          "id-1",
          "Marta Gómez",
          "System Owner",
          "TICKET-7",
          "lost lots",
          SUBJECT,
          NOW.minusSeconds(600),
          NOW.plusSeconds(3600),
          null);

  @Test
  void aSignedApprovalIsAccepted() {
    ApprovalDecision decision = decide(SIGNED, signed(GOOD));

    assertThat(decision.refusals()).isEmpty();
    assertThat(decision.approved()).isTrue();
  }

  @Test
  void withoutKeysInThePolicyNoSignatureIsNeeded() {
    assertThat(decide(UNSIGNED, GOOD).approved()).isTrue();
  }

  @Test
  void withoutApprovalNothingIsApproved() {
    ApprovalDecision decision = decide(SIGNED);

    assertThat(decision.approved()).isFalse();
    assertThat(decision.missing()).containsExactly("System Owner");
  }

  @Test
  void thePolicyMayAskForNone() {
    assertThat(decide(RestoreRules.DEFAULT).approved()).isTrue();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        wrong("expired", a -> dated(a, NOW.minusSeconds(9), NOW), "expired at 2026-11-24T14:00"),
        wrong("undated", a -> dated(a, NOW.plusSeconds(600), NOW.plusSeconds(900)), "future"),
        wrong("endless", a -> dated(a, NOW, NOW.plus(Duration.ofDays(8))), "longer than"),
        wrong("role", a -> as(a, "Marta Gómez", "IT Manager"), "needs System Owner"),
        wrong("unknown", a -> as(a, "Someone", "System Owner"), "nobody whom the policy lists"),
        wrong("backup", a -> about(a, subject("backup_2", "run-1", "conitrack")), "for backup"),
        wrong("run", a -> about(a, subject("backup_1", "run-2", "conitrack")), "of run run-2"),
        wrong("target", a -> about(a, subject("backup_1", "run-1", "other")), "another target"),
        wrong("server", a -> about(a, onServer("db:5432", "9")), "another target"),
        wrong("plan", a -> about(a, withPlan("another")), "another plan"),
        wrong("kind", a -> about(a, partial()), "partial restore"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWhatDoesNotFitThoughItIsSigned(
      String name, UnaryOperator<Approval> change, String words) {
    ApprovalDecision decision = decide(SIGNED, signed(change.apply(GOOD)));

    assertThat(decision.approved()).isFalse();
    assertThat(decision.refusals()).singleElement().asString().contains(words).contains("id-1");
    assertThat(decision.refusals().get(0)).matches(".*: (ask|have|compare) .*");
  }

  @Test
  void refusesOneThatIsNotSigned() {
    assertRefused(decide(SIGNED, GOOD), "is not signed");
  }

  @Test
  void refusesOneSignedByAnotherKey() {
    assertRefused(decide(SIGNED, ApprovalKey.fromPem(STRANGER.secret()).sign(GOOD)), "altered");
  }

  @Test
  void refusesOneAlteredAfterItWasSigned() {
    Approval later = dated(signed(GOOD), GOOD.createdAt(), GOOD.expiresAt().plusSeconds(1));

    assertRefused(decide(SIGNED, later), "was altered after it was signed");
  }

  @Test
  void refusesASignatureThatIsNone() {
    assertRefused(decide(SIGNED, GOOD.withSignature("???")), "was altered");
    assertRefused(decide(SIGNED, GOOD.withSignature("AAAA")), "was altered");
  }

  @Test
  void refusesOneUsedBefore() {
    Approval approval = signed(GOOD);
    ApprovalRequest byId = request(Set.of("ana"), Set.of("id-1"), Set.of(), approval);
    ApprovalRequest byDigest = request(Set.of("ana"), Set.of(), Set.of(GOOD.digest()), approval);

    assertRefused(ApprovalCheck.decide(SIGNED, byId), "used already");
    assertRefused(ApprovalCheck.decide(SIGNED, byDigest), "used already");
  }

  @ParameterizedTest
  @MethodSource("names")
  void refusesOnesOwn(String executor) {
    ApprovalRequest own = request(Set.of("root", executor), Set.of(), Set.of(), signed(GOOD));

    assertRefused(ApprovalCheck.decide(SIGNED, own), "nobody approves their own");
  }

  static Stream<String> names() {
    return Stream.of(
        "Marta Gómez",
        " marta gómez ",
        "Marta  GÓMEZ",
        "Marta\u00a0Go\u0301mez",
        "mgomez",
        "MGomez");
  }

  @Test
  void theSystemIdentifierDecidesWhateverTheServerIsCalled() {
    Approval elsewhere = about(GOOD, onServer("10.0.0.7:5432", "7312"));

    assertThat(decide(SIGNED, signed(elsewhere)).approved()).isTrue();
  }

  @Test
  void aGoodOneIsNotSpoiledByABadOne() {
    ApprovalDecision decision = decide(SIGNED, signed(GOOD), GOOD);

    assertThat(decision.approved()).isTrue();
    assertThat(decision.refusals()).hasSize(1);
  }

  @Test
  void twoRolesNeedTwoPersons() {
    RestoreRules two = UNSIGNED.withApproval(RestoreKind.FULL, "System Owner", "QA");
    Approval asQa = as(GOOD, GOOD.person(), "QA");

    assertThat(decide(two, GOOD, asQa).missing()).containsExactly("QA");
    assertThat(decide(two, GOOD, as(asQa, "Luis", "QA")).approved()).isTrue();
  }

  @Test
  void anyRoleMeansAnotherPerson() {
    RestoreRules any = UNSIGNED.withApproval(RestoreKind.FULL, RestoreRules.ANY_ROLE);

    assertThat(decide(any).missing()).containsExactly("any role");
    assertThat(decide(any, as(GOOD, "Luis", "night shift")).approved()).isTrue();
  }

  @Test
  void aKeyShowsNothingOfItself() {
    String secret = MARTA.secret().lines().skip(1).findFirst().orElseThrow();

    assertThat(MARTA.toString()).doesNotContain(secret);
    assertThat(ApprovalKey.fromPem(MARTA.secret()).toString()).doesNotContain(secret);
    assertThat(MARTA.secret()).startsWith("-----BEGIN PRIVATE KEY-----\n");
  }

  private static void assertRefused(ApprovalDecision decision, String words) {
    assertThat(decision.approved()).isFalse();
    assertThat(decision.refusals()).singleElement().asString().contains(words);
  }

  private static ApprovalDecision decide(RestoreRules rules, Approval... given) {
    return ApprovalCheck.decide(rules, request(Set.of("ana"), Set.of(), Set.of(), given));
  }

  private static ApprovalRequest request(
      Set<String> executors, Set<String> ids, Set<Sha256> digests, Approval... given) {
    return new ApprovalRequest(SUBJECT, List.of(given), executors, ids, digests, NOW);
  }

  private static Approval signed(Approval approval) {
    return ApprovalKey.fromPem(MARTA.secret()).sign(approval);
  }

  private static Arguments wrong(String name, UnaryOperator<Approval> change, String words) {
    return Arguments.of(name, change, words);
  }

  private static Approval dated(Approval a, Instant from, Instant to) {
    return new Approval(
        a.id(),
        a.person(),
        a.role(),
        a.reference(),
        a.reason(),
        a.subject(),
        from,
        to,
        a.signature());
  }

  private static Approval as(Approval a, String person, String role) {
    return new Approval(
        a.id(),
        person,
        role,
        a.reference(),
        a.reason(),
        a.subject(),
        a.createdAt(),
        a.expiresAt(),
        null);
  }

  private static Approval about(Approval a, ApprovalSubject subject) {
    return new Approval(
        a.id(),
        a.person(),
        a.role(),
        a.reference(),
        a.reason(),
        subject,
        a.createdAt(),
        a.expiresAt(),
        null);
  }

  private static ApprovalSubject subject(String backup, String run, String database) {
    return new ApprovalSubject(
        RestoreKind.FULL, new BackupId(backup), run, database, "db:5432", "7312", sha("plan"));
  }

  private static ApprovalSubject onServer(String server, String system) {
    return new ApprovalSubject(
        RestoreKind.FULL,
        SUBJECT.backup(),
        SUBJECT.run(),
        SUBJECT.database(),
        server,
        system,
        SUBJECT.planDigest());
  }

  private static ApprovalSubject withPlan(String plan) {
    return new ApprovalSubject(
        RestoreKind.FULL,
        SUBJECT.backup(),
        SUBJECT.run(),
        SUBJECT.database(),
        SUBJECT.server(),
        "7312",
        sha(plan));
  }

  private static ApprovalSubject partial() {
    return new ApprovalSubject(
        RestoreKind.PARTIAL,
        SUBJECT.backup(),
        SUBJECT.run(),
        SUBJECT.database(),
        SUBJECT.server(),
        "7312",
        SUBJECT.planDigest());
  }

  private static Sha256 sha(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
