package com.conitrack.backup.testsupport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.core.verify.Examination;
import com.conitrack.backup.core.verify.Examination.Finding;
import com.conitrack.backup.core.verify.VerificationReport;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationTest {
  private final World world = new World();
  private final ConitrackBackup backups = world.backups();
  private final Manifest manifest = backups.backup(Trigger.MANUAL).orThrow();

  private Examination nas(VerificationReport report) {
    return report.backups().get(0).copies().stream()
        .filter(copy -> copy.storage().equals("nas"))
        .findFirst()
        .orElseThrow();
  }

  private VerificationReport verify() {
    return backups.verify(manifest.id(), VerificationLevel.CONTENT);
  }

  private String key() {
    return manifest.dump().key();
  }

  @Test
  void anyFlippedByteIsFound() {
    byte[] bytes = World.read(world.nas, key());
    for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 25)) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      World.replace(world.nas, key(), damaged);

      Examination found = nas(verify());

      assertThat(found.finding()).as("byte %d", at).isEqualTo(Finding.DAMAGED);
      assertThat(found.detail()).contains("altered");
    }
  }

  @Test
  void aCutCopyIsFoundAndLowersTheCatalogue() {
    byte[] bytes = World.read(world.nas, key());
    World.replace(world.nas, key(), Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(nas(verify()).detail()).contains("cut short");
    CopyState copy = backups.catalogue().entries().get(0).copies().get(0);
    assertThat(copy.proved()).isFalse();
  }

  @Test
  void swappedFilesAreNamed() {
    world.database.row("public.lote", "3", "L-3");
    Manifest other = backups.backup(Trigger.MANUAL).orThrow();
    byte[] mine = World.read(world.nas, key());
    byte[] others = World.read(world.nas, other.dump().key());
    World.replace(world.nas, key(), others);
    World.replace(world.nas, other.dump().key(), mine);

    VerificationReport report = backups.verifyAll(VerificationLevel.STORED);

    assertThat(report.proved()).isFalse();
    assertThat(report.backups())
        .allSatisfy(
            backup ->
                assertThat(backup.copies().get(0).detail())
                    .contains("swapped")
                    .contains(
                        backup.id().equals(other.id())
                            ? manifest.id().value()
                            : other.id().value()));
  }

  @Test
  void aDeletedDumpIsMissing() {
    world.nas.delete(key());

    assertThat(nas(verify()).finding()).isEqualTo(Finding.MISSING);
  }

  @Test
  void aDeletedManifestIsNamed() {
    world.nas.delete(manifest.key());

    assertThat(nas(verify()).detail()).contains("manifest");
    assertThat(backups.catalogue().problems())
        .anySatisfy(problem -> assertThat(problem.key()).startsWith(key()));
  }

  @Test
  void manifestsDeletedEverywhereAreNamed() {
    world.nas.delete(manifest.key());
    world.usb.delete(manifest.key());

    Catalogue catalogue = backups.catalogue();

    assertThat(catalogue.problems())
        .anySatisfy(problem -> assertThat(problem.description()).contains("manifest"));
    assertThat(backups.verifyAll(VerificationLevel.STORED).proved()).isFalse();
  }

  @Test
  void anAlteredManifestIsNamed() {
    String text = new String(World.read(world.nas, manifest.key()), StandardCharsets.UTF_8);
    World.replace(
        world.nas,
        manifest.key(),
        text.replace("\"L-", "\"X-")
            .replace("MANUAL", "SCHEDULED")
            .getBytes(StandardCharsets.UTF_8));

    VerificationReport report = backups.verifyAll(VerificationLevel.STORED);

    assertThat(report.proved()).isFalse();
    assertThat(backups.catalogue().problems()).isNotEmpty();
  }

  @Test
  void aStorageOutOfReachSaysNothingAboutItsCopy() {
    world.nas.add(new Fault.FailFrom(Operation.OPEN, 1, ErrorKind.CONNECTION));

    VerificationReport report = verify();

    world.nas.heal();
    assertThat(nas(report).finding()).isEqualTo(Finding.UNREACHABLE);
    assertThat(backups.catalogue().entries().get(0).copies()).allMatch(CopyState::proved);
  }

  @Test
  void aManifestOutOfReachSaysNothingAboutItsCopy() {
    world.nas.add(
        key -> key.equals(manifest.key()),
        new Fault.FailFrom(Operation.OPEN, 3, ErrorKind.CONNECTION));
    backups.catalogue();

    VerificationReport report = verify();

    assertThat(nas(report).finding()).isEqualTo(Finding.UNREACHABLE);
  }

  @Test
  void aReadingThatBreaksOffIsResumedAndSaysSo() {
    world.nas.add(key -> key.equals(key()), new Fault.BreakReads(4, 50));

    Examination found = nas(verify());

    assertThat(found.finding()).isEqualTo(Finding.PROVED);
    assertThat(found.resumed()).isEqualTo(4);
    assertThat(world.events).filteredOn(e -> e instanceof BackupEvent.ReadResumed).hasSize(4);
  }

  @Test
  void aFlippedBitIsNotRepairedByReadingOn() {
    world.nas.add(key -> key.equals(key()), new Fault.BreakReads(4, 50));
    world.nas.add(key -> key.equals(key()), new Fault.FlipBit(120));

    assertThat(nas(verify()).finding()).isEqualTo(Finding.DAMAGED);
  }

  @ParameterizedTest
  @EnumSource(names = {"STORED", "CONTENT"})
  void soundCopiesAreProvedAndRecorded(VerificationLevel level) {
    assertThat(backups.verify(manifest.id(), level).proved()).isTrue();

    List<CopyState> copies = backups.catalogue().entries().get(0).copies();
    assertThat(copies).extracting(CopyState::level).containsOnly(level);
  }

  @Test
  void aCopyFoundDamagedIsProvedAgainOnceItIsMended() {
    byte[] sound = World.read(world.nas, key());
    World.replace(world.nas, key(), new byte[sound.length]);
    verify();
    World.replace(world.nas, key(), sound);

    assertThat(verify().proved()).isTrue();
    assertThat(backups.catalogue().entries().get(0).provedCopies()).isEqualTo(2);
  }

  /** An archive's header says which version of the tool it needs. */
  @Test
  void damageThatMakesAToolSeemToBeMissingIsDamage() {
    ConitrackBackup coding = world.builder().codecs(new NeedsATool()).build();
    Manifest coded = coding.backup(Trigger.MANUAL).orThrow();
    byte[] damaged = World.read(world.nas, coded.dump().key());
    damaged[0] ^= 1;
    World.replace(world.nas, coded.dump().key(), damaged);

    Examination found = nas(coding.verify(coded.id(), VerificationLevel.CONTENT));

    assertThat(found.finding()).isEqualTo(Finding.DAMAGED);
    assertThat(found.detail()).contains("altered");
  }

  @Test
  void aToolThatIsMissingSaysNothingAboutTheCopy() {
    NeedsATool codec = new NeedsATool();
    ConitrackBackup coding = world.builder().codecs(codec).build();
    Manifest coded = coding.backup(Trigger.MANUAL).orThrow();
    codec.missing = true;

    assertThatThrownBy(() -> coding.verify(coded.id(), VerificationLevel.CONTENT))
        .hasMessageContaining("no tool of that version");
    assertThat(coding.catalogue().find(coded.id()).orElseThrow().provedCopies()).isEqualTo(2);
  }

  /** Changes nothing, and can only read what begins as a dump does. */
  private static final class NeedsATool implements StreamCodec {
    private boolean missing;

    @Override
    public String id() {
      return "needs-a-tool";
    }

    @Override
    public String extension() {
      return ".tool";
    }

    @Override
    public String decodeCommand() {
      return "cat";
    }

    @Override
    public OutputStream encode(OutputStream sink) {
      return sink;
    }

    @Override
    public InputStream decode(InputStream source) throws IOException {
      PushbackInputStream from = new PushbackInputStream(source);
      int first = from.read();
      if (missing || first != '-') {
        throw new DatabaseException(
            ErrorKind.TOOL, "unable to decode", "there is no tool of that version", null);
      }
      from.unread(first);
      return from;
    }
  }
}
