package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.cli.view.DoneView;
import com.conitrack.backup.cli.view.InPlacePlanView;
import com.conitrack.backup.cli.view.PlanView;
import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.approval.ApprovalKey;
import com.conitrack.backup.core.approval.ApprovalSubject;
import com.conitrack.backup.core.partial.InPlacePlan;
import com.conitrack.backup.core.production.RestorePlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approves a plan. */
@Command(
    name = "approve",
    header = "Approve a restore plan, on any machine and without a configuration.",
    description =
        "Shows the plan and writes an approval of exactly that: this backup, this database, this "
            + "way. It counts once and expires. With --key it is signed, which the policy can demand. "
            + "Whoever executes the restore cannot approve it.",
    footer = {
      "  conitrack-backup approve --generate-key marta.key",
      "  conitrack-backup approve plan.json --name 'Marta Gomez' \\",
      "      --role 'System Owner' --reference TICKET-7 --reason 'lost lots' \\",
      "      --key marta.key -o approval.json"
    })
final class ApproveCommand extends Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "The file that 'restore plan -o' or 'restore-tables --in-place -o' wrote.")
  @Nullable Path planFile;

  @Option(names = "--name", paramLabel = "NAME", description = "Who approves.")
  @Nullable String name;

  @Option(names = "--role", paramLabel = "ROLE", description = "As what, such as System Owner.")
  @Nullable String role;

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "The ticket or mail where that is said.")
  @Nullable String reference;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why. Default: as the plan says.")
  @Nullable String reason;

  @Option(
      names = "--valid-hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "For how many hours it holds. Default: ${DEFAULT-VALUE}.")
  int hours = 24;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Sign with the private key in this file.")
  @Nullable Path key;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The new file to write the approval into.")
  @Nullable Path file;

  @Option(
      names = "--generate-key",
      paramLabel = "FILE",
      description =
          "Make a key instead: the private one into FILE, which only you may read, the public one "
              + "into FILE.pub, for the policy.")
  @Nullable Path generate;

  @Override
  public Integer call() {
    return generate == null ? approve() : generateKey(generate);
  }

  private int generateKey(Path into) {
    ApprovalKey.Generated made = ApprovalKey.generate();
    Path publicFile = into.resolveSibling(into.getFileName() + ".pub");
    Texts.createSecret(this, into, made.secret());
    Texts.create(this, publicFile, made.publicText().getBytes(StandardCharsets.UTF_8));
    output()
        .show(
            new DoneView(
                "approve",
                "the private key is in '"
                    + into
                    + "': keep it; the public one is in '"
                    + publicFile
                    + "': give it to whoever keeps the policy",
                Map.of("privateKey", into.toString(), "publicKey", publicFile.toString())));
    return ExitCode.OK;
  }

  private int approve() {
    Path from = given(planFile, "PLAN");
    Path into = given(file, "--output");
    Subject plan = Texts.read(this, from, Subject::read);
    Approval approval = signed(approval(plan));
    Texts.create(this, into, approval.toJson());
    if (!output().isJson()) {
      output().print(plan.view()::print);
    }
    output()
        .show(
            new DoneView(
                "approve",
                "approved by '%s' as '%s' until %s%s: '%s'"
                    .formatted(
                        approval.person(),
                        approval.role(),
                        approval.expiresAt(),
                        approval.signature() == null ? ", NOT signed" : ", signed",
                        into),
                Map.of(
                    "id", approval.id(),
                    "file", into.toString(),
                    "planDigest", plan.about().planDigest().hex(),
                    "expiresAt", approval.expiresAt().toString())));
    return ExitCode.OK;
  }

  /** What is approved, whichever kind of plan it is. */
  private record Subject(ApprovalSubject about, @Nullable String reason, View view) {
    static Subject read(byte[] file) {
      if (InPlacePlan.isOne(file)) {
        InPlacePlan plan = InPlacePlan.read(file);
        return new Subject(plan.subject(), plan.reason(), new InPlacePlanView(plan, null));
      }
      RestorePlan plan = RestorePlan.read(file);
      return new Subject(plan.subject(), plan.reason(), new PlanView(plan, null));
    }
  }

  private Approval approval(Subject plan) {
    if (hours < 1) {
      throw new UsageException(
          "unable to approve", "--valid-hours " + hours + " is no time", "give at least 1");
    }
    Instant now = shell().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return new Approval(
        UUID.randomUUID().toString(),
        given(name, "--name"),
        given(role, "--role"),
        given(reference, "--reference"),
        given(reason == null ? plan.reason() : reason, "--reason"),
        plan.about(),
        now,
        now.plus(Duration.ofHours(hours)),
        null);
  }

  private Approval signed(Approval approval) {
    return key == null
        ? approval
        : ApprovalKey.fromPem(new String(Texts.read(this, key), StandardCharsets.US_ASCII))
            .sign(approval);
  }

  private static <T> T given(@Nullable T value, String what) {
    if (value == null || value instanceof String text && text.isBlank()) {
      throw new UsageException(
          "unable to approve",
          what + " is not given",
          "'conitrack-backup approve --help' explains it");
    }
    return value;
  }
}
