package com.conitrack.backup.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ApprovalPropertyTest {
  private static final ApprovalKey.Generated KEY = ApprovalKey.generate();
  private static final String PUBLIC = KEY.publicText().replaceAll("-----[A-Z ]+-----|\\s", "");

  @Property(tries = 200)
  void whatIsWrittenReadsTheSame(@ForAll("approvals") Approval approval) {
    Approval signed = ApprovalKey.fromPem(KEY.secret()).sign(approval);

    assertThat(Approval.read(signed.toJson())).isEqualTo(signed);
    assertThat(ApprovalKey.signed(signed, PUBLIC)).isTrue();
  }

  @Property(tries = 300)
  void anyByteChangedIsNoticedOrChangesNothing(
      @ForAll("approvals") Approval approval, @ForAll int where, @ForAll byte change) {
    Approval signed = ApprovalKey.fromPem(KEY.secret()).sign(approval);
    byte[] json = signed.toJson();
    json[Math.floorMod(where, json.length)] ^= change;

    Approval read;
    try {
      read = Approval.read(json);
    } catch (BackupException e) {
      return;
    }
    // The last character of base64 has bits that say nothing.
    if (ApprovalKey.signed(read, PUBLIC)) {
      assertThat(read.signedBytes()).isEqualTo(signed.signedBytes());
    } else {
      assertThat(read).isNotEqualTo(signed);
    }
  }

  @Property(tries = 200)
  void noTwoApprovalsShareTheirSignedBytes(
      @ForAll("approvals") Approval one, @ForAll("approvals") Approval other) {
    assertThat(java.util.Arrays.equals(one.signedBytes(), other.signedBytes()))
        .isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<Approval> approvals() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("ab,:-1é\"\\").ofMinLength(1).ofMaxLength(4);
    return Combinators.combine(
            text, text, text, text, text, text.injectNull(0.3), Arbitraries.of(RestoreKind.class))
        .as(
            (id, person, role, reference, reason, system, kind) ->
                new Approval(
                    id,
                    person,
                    role,
                    reference,
                    reason,
                    new ApprovalSubject(
                        kind,
                        new BackupId("b"),
                        id,
                        person,
                        role,
                        system,
                        Sha256.of(reason.getBytes(StandardCharsets.UTF_8))),
                    Instant.EPOCH,
                    Instant.EPOCH.plusSeconds(id.length()),
                    null));
  }
}
