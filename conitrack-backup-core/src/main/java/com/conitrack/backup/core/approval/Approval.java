package com.conitrack.backup.core.approval;

import com.conitrack.backup.core.json.RecordDocument;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Netstrings;
import com.conitrack.backup.core.model.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's word that a restore may be carried out once. As a file it is a small JSON document,
 * which {@code docs/formats.md} specifies.
 *
 * @param id identifies it (a UUID), so that it counts once
 * @param person who approves
 * @param role as what, such as {@code System Owner}
 * @param reference where the person said so: a ticket or a mail
 * @param reason why the restore is needed
 * @param subject what is approved
 * @param createdAt when it was given
 * @param expiresAt from when on it is void
 * @param signature Ed25519 signature of {@link #signedBytes()} in base64, null if it is not signed
 */
public record Approval(
    String id,
    String person,
    String role,
    String reference,
    String reason,
    ApprovalSubject subject,
    Instant createdAt,
    Instant expiresAt,
    @Nullable String signature) {
  private static final String FORMAT = "conitrack-restore-approval";
  private static final RecordDocument<Approval> DOCUMENT =
      new RecordDocument<>(
          FORMAT,
          1,
          Approval.class,
          "the approval",
          "give the file that 'approve' wrote, as it is; if it is lost or damaged, have the plan"
              + " approved again");

  /** The file's bytes: UTF-8, ending with a newline. */
  public byte[] toJson() {
    return DOCUMENT.write(this);
  }

  /**
   * Reads a file.
   *
   * @throws BackupException kind {@code DAMAGED} if it is no approval, {@code CONFIGURATION} if
   *     newer software wrote it
   */
  public static Approval read(byte[] json) {
    return DOCUMENT.read(json);
  }

  /**
   * What is signed: everything but the signature, as netstrings in the order of {@code
   * docs/formats.md}. It does not depend on how the file is laid out.
   */
  public byte[] signedBytes() {
    return new Netstrings()
        .add(FORMAT)
        .add("1")
        .add(id)
        .add(person)
        .add(role)
        .add(reference)
        .add(reason)
        .add(subject.kind().name())
        .add(subject.backup().value())
        .add(subject.run())
        .add(subject.database())
        .add(subject.server())
        .add(subject.systemIdentifier())
        .add(subject.planDigest().hex())
        .add(createdAt.toString())
        .add(expiresAt.toString())
        .toBytes();
  }

  /** SHA-256 of {@link #signedBytes()}, by which the register knows it again. */
  public Sha256 digest() {
    return Sha256.of(signedBytes());
  }

  /** The same with a signature. */
  Approval withSignature(String base64) {
    return new Approval(id, person, role, reference, reason, subject, createdAt, expiresAt, base64);
  }
}
