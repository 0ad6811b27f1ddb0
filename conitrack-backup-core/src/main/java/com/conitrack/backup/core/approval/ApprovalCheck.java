package com.conitrack.backup.core.approval;

import com.conitrack.backup.core.model.PersonNames;
import com.conitrack.backup.core.policy.Approver;
import com.conitrack.backup.core.policy.RestoreRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides whether approvals hold: a function of the rules, what was given, and the moment. */
public final class ApprovalCheck {
  /** How far the clocks of two machines may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final RestoreRules rules;
  private final ApprovalRequest request;
  private final List<String> demanded;

  private ApprovalCheck(RestoreRules rules, ApprovalRequest request) {
    this.rules = rules;
    this.request = request;
    this.demanded = rules.roles(request.subject().kind());
  }

  /** Judges every approval given, and whether those that hold suffice. */
  public static ApprovalDecision decide(RestoreRules rules, ApprovalRequest request) {
    return new ApprovalCheck(rules, request).decide();
  }

  private ApprovalDecision decide() {
    List<Approval> accepted = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (Approval approval : request.given()) {
      Optional<String> refusal = refusal(approval);
      refusal.ifPresentOrElse(
          why -> refusals.add(tell(approval, why)), () -> accepted.add(approval));
    }
    return new ApprovalDecision(accepted, refusals, missing(accepted));
  }

  private static String tell(Approval approval, String why) {
    return "the approval by '" + approval.person() + "' (" + approval.id() + ") " + why;
  }

  /** The first reason against an approval: what it is for goes before who gave it. */
  private Optional<String> refusal(Approval approval) {
    return firstOf(
        () -> wrongSubject(approval),
        () -> wrongTime(approval),
        () -> used(approval),
        () -> wrongRole(approval),
        () -> selfMade(approval),
        () -> badSignature(approval));
  }

  @FunctionalInterface
  private interface Test {
    Optional<String> refusal();
  }

  private static Optional<String> firstOf(Test... tests) {
    for (Test test : tests) {
      Optional<String> refusal = test.refusal();
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrongSubject(Approval approval) {
    ApprovalSubject given = approval.subject();
    ApprovalSubject wanted = request.subject();
    if (given.kind() != wanted.kind()) {
      return Optional.of(
          "is for a %s restore, this one is %s: have this plan approved"
              .formatted(lower(given.kind()), lower(wanted.kind())));
    }
    if (!given.hasBackupOf(wanted)) {
      return Optional.of(
          "is for backup '%s' of run %s, not for '%s' of run %s: have this plan approved"
              .formatted(given.backup(), given.run(), wanted.backup(), wanted.run()));
    }
    if (!given.hasTargetOf(wanted)) {
      return Optional.of(
          "is for another target, %s, not for %s: have a plan for this target approved"
              .formatted(target(given), target(wanted)));
    }
    if (!given.planDigest().equals(wanted.planDigest())) {
      return Optional.of(
          "is for another plan, with digest %s, not %s: have this plan approved"
              .formatted(given.planDigest(), wanted.planDigest()));
    }
    return Optional.empty();
  }

  private static String target(ApprovalSubject subject) {
    String system = subject.systemIdentifier();
    return "database '"
        + subject.database()
        + "' on "
        + subject.server()
        + (system == null ? "" : " (system " + system + ")");
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Optional<String> wrongTime(Approval approval) {
    Instant now = request.now();
    if (!now.isBefore(approval.expiresAt())) {
      return Optional.of(
          "expired at " + second(approval.expiresAt()) + ": ask for a new one for this plan");
    }
    if (approval.createdAt().isAfter(now.plus(CLOCK_SKEW))) {
      return Optional.of(
          "is dated in the future, "
              + second(approval.createdAt())
              + ": compare the clocks of the two machines, then ask for a new one");
    }
    Duration validity = Duration.between(approval.createdAt(), approval.expiresAt());
    return validity.compareTo(rules.approvalValidity()) > 0
        ? Optional.of(
            "is valid for longer than the policy allows, "
                + rules.approvalValidity()
                + ": ask for one that expires earlier")
        : Optional.empty();
  }

  private static Instant second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private Optional<String> used(Approval approval) {
    boolean used =
        request.usedIds().contains(approval.id())
            || request.usedDigests().contains(approval.digest());
    return used
        ? Optional.of("was used already, and each counts once: ask for a new one")
        : Optional.empty();
  }

  private Optional<String> wrongRole(Approval approval) {
    boolean asked =
        demanded.isEmpty()
            || demanded.contains(RestoreRules.ANY_ROLE)
            || demanded.contains(approval.role());
    return asked
        ? Optional.empty()
        : Optional.of(
            "is given as '%s', but this restore needs %s: ask a person of that role"
                .formatted(approval.role(), String.join(" and ", demanded)));
  }

  private Optional<String> selfMade(Approval approval) {
    Optional<Approver> known = approver(approval.person());
    boolean same =
        request.executors().stream()
            .anyMatch(
                executor ->
                    PersonNames.same(approval.person(), executor)
                        || known.filter(person -> person.isKnownAs(executor)).isPresent());
    return same
        ? Optional.of(
            "was given by whoever executes the restore: nobody approves their own; ask another"
                + " person, or let another person execute it")
        : Optional.empty();
  }

  private Optional<Approver> approver(String person) {
    return rules.approvers().stream()
        .filter(each -> PersonNames.same(each.name(), person))
        .findFirst();
  }

  private Optional<String> badSignature(Approval approval) {
    if (rules.approvers().isEmpty()) {
      return Optional.empty();
    }
    Approver approver = approver(approval.person()).orElse(null);
    if (approver == null) {
      return Optional.of("is by nobody whom the policy lists as an approver: ask one of those");
    }
    if (!approver.roles().contains(approval.role())) {
      return Optional.of(
          "is given as '%s', which the policy does not let this person be: ask a person of that role"
              .formatted(approval.role()));
    }
    if (approval.signature() == null) {
      return Optional.of(
          "is not signed, and the policy lists approvers' keys: ask for one made with 'approve"
              + " --key'");
    }
    return ApprovalKey.signed(approval, approver.keyText())
        ? Optional.empty()
        : Optional.of(
            "does not bear that person's signature, or was altered after it was signed: ask for a"
                + " new one, and look into how this one came about");
  }

  /** Roles that no other person fills, after each approval has been counted for one role. */
  private List<String> missing(List<Approval> accepted) {
    List<Approval> left = new ArrayList<>(accepted);
    List<String> missing = new ArrayList<>();
    List<String> specificFirst =
        demanded.stream().sorted((a, b) -> Boolean.compare(isAny(a), isAny(b))).toList();
    for (String role : specificFirst) {
      Optional<Approval> found =
          left.stream().filter(each -> isAny(role) || each.role().equals(role)).findFirst();
      found.ifPresentOrElse(
          approval -> left.removeIf(each -> PersonNames.same(each.person(), approval.person())),
          () -> missing.add(isAny(role) ? "any role" : role));
    }
    return missing;
  }

  private static boolean isAny(String role) {
    return role.equals(RestoreRules.ANY_ROLE);
  }
}
