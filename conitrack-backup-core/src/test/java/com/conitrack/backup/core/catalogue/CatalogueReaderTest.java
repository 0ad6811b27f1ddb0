package com.conitrack.backup.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.Catalogue.Problem;
import com.conitrack.backup.core.model.Catalogue.Weight;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.register.RegisterDetails;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueReaderTest {
  private final Shelf shelf = new Shelf();

  @AfterEach
  void nothing_stays_open() {
    assertThat(shelf.disk.openHandles()).isEmpty();
    assertThat(shelf.nas.openHandles()).isEmpty();
  }

  @Test
  void nothing_at_all_is_whole() {
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.entries()).isEmpty();
    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.whole()).isTrue();
  }

  @Test
  void backups_are_read_newest_first_with_all_their_copies() {
    Manifest older = shelf.take("b-older");
    Manifest newer = shelf.take("a-newer");
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.whole()).isTrue();
    assertThat(catalogue.entries())
        .extracting(CatalogueEntry::manifest)
        .containsExactly(newer, older);
    assertThat(catalogue.entries()).allMatch(CatalogueEntry::good).noneMatch(CatalogueEntry::held);
    assertThat(catalogue.entries().get(0).manifestSha256())
        .isEqualTo(Sha256.of(ManifestJson.write(newer)));
    assertThat(catalogue.entries().get(0).copies())
        .containsExactly(
            new CopyState("disk", true, VerificationLevel.STORED, newer.startedAt(), null),
            new CopyState("nas", true, VerificationLevel.STORED, newer.startedAt(), null));
  }

  @Test
  void a_copy_that_was_never_made_is_no_problem_but_says_why() {
    Manifest manifest = shelf.take("b", List.of(shelf.disk));
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.problems()).isEmpty();
    CatalogueEntry entry = catalogue.find(manifest.id()).orElseThrow();
    assertThat(entry.good()).isFalse();
    assertThat(entry.copies().get(1).present()).isFalse();
    assertThat(entry.copies().get(1).problem()).isEqualTo("was down");
  }

  @Test
  void proofs_raise_and_rejections_drop_the_level_of_one_copy() {
    Manifest manifest = shelf.take("b");
    verified(manifest, "PROVED", "CONTENT");
    assertThat(levels(manifest))
        .containsExactly(VerificationLevel.CONTENT, VerificationLevel.STORED);
    verified(manifest, "PROVED", "STORED");
    assertThat(levels(manifest))
        .containsExactly(VerificationLevel.CONTENT, VerificationLevel.STORED);
    verified(manifest, "UNREACHABLE", "NONE");
    assertThat(levels(manifest))
        .containsExactly(VerificationLevel.CONTENT, VerificationLevel.STORED);
    verified(manifest, "REJECTED", "NONE");
    assertThat(levels(manifest)).containsExactly(VerificationLevel.NONE, VerificationLevel.STORED);
    assertThat(entry(manifest).copies().get(0).problem()).isEqualTo("altered");
    assertThat(entry(manifest).good()).isFalse();
    verified(manifest, "PROVED", "STORED");
    assertThat(levels(manifest))
        .containsExactly(VerificationLevel.STORED, VerificationLevel.STORED);
    assertThat(entry(manifest).copies().get(0).problem()).isNull();
  }

  @Test
  void a_drill_raises_to_restored() {
    Manifest manifest = shelf.take("b");
    shelf.tell(
        manifest, RegisterEvent.DRILL, "PASSED", "nas", Map.of(RegisterDetails.LEVEL, "RESTORED"));
    assertThat(entry(manifest).level()).isEqualTo(VerificationLevel.RESTORED);
    assertThat(levels(manifest))
        .containsExactly(VerificationLevel.STORED, VerificationLevel.RESTORED);
  }

  @Test
  void proofs_of_an_earlier_backup_of_the_same_name_do_not_count() {
    Manifest manifest = shelf.take("b");
    shelf.tell(
        Shelf.ofRun(manifest, "another"),
        RegisterEvent.VERIFICATION,
        "REJECTED",
        "disk",
        Map.of(RegisterDetails.LEVEL, "NONE"));
    assertThat(levels(manifest))
        .containsExactly(VerificationLevel.STORED, VerificationLevel.STORED);
  }

  private void verified(Manifest manifest, String outcome, String level) {
    shelf.tell(
        manifest,
        RegisterEvent.VERIFICATION,
        outcome,
        "disk",
        Map.of(RegisterDetails.LEVEL, level, RegisterDetails.REASON, "altered"));
  }

  @Test
  void holds_are_read_until_released() {
    Manifest manifest = shelf.take("b");
    shelf.tell(manifest, RegisterEvent.HOLD, "HELD", null, Map.of(RegisterDetails.REASON, "audit"));
    assertThat(entry(manifest).hold()).isEqualTo("audit");
    shelf.tell(manifest, RegisterEvent.RELEASE, "RELEASED", null, Map.of());
    assertThat(entry(manifest).held()).isFalse();
  }

  @Test
  void a_missing_dump_is_a_missing_copy() {
    Manifest manifest = shelf.take("b");
    shelf.nas.delete(manifest.dump().key());
    requireAbsent(manifest, "'b.sql.gz' is missing");
  }

  @Test
  void a_dump_of_another_size_is_no_copy() {
    Manifest manifest = shelf.take("b");
    Shelf.overwrite(shelf.nas, manifest.dump().key(), new byte[3]);
    requireAbsent(manifest, "'b.sql.gz' has 3 bytes instead of 9");
  }

  @Test
  void a_dump_without_its_manifest_is_no_copy() {
    Manifest manifest = shelf.take("b");
    shelf.nas.delete(manifest.key());
    requireAbsent(manifest, "'b.sql.gz' lies there without its manifest");
  }

  private void requireAbsent(Manifest manifest, String why) {
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.problems())
        .containsExactly(new Problem("nas", manifest.dump().key(), why, Weight.FINDING));
    CatalogueEntry entry = catalogue.find(manifest.id()).orElseThrow();
    assertThat(entry.copies().get(0).proved()).isTrue();
    assertThat(entry.copies().get(1))
        .isEqualTo(new CopyState("nas", false, VerificationLevel.NONE, null, why));
  }

  @Test
  void a_manifest_deleted_everywhere_blocks_deletion_while_the_register_knows_the_backup() {
    Manifest manifest = shelf.take("b");
    Manifest other = shelf.take("c");
    shelf.disk.delete(manifest.key());
    shelf.nas.delete(manifest.key());
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.find(other.id())).isPresent();
    assertThat(catalogue.problems())
        .hasSize(2)
        .allMatch(Problem::blocksDeletion)
        .allMatch(p -> p.description().contains("the manifest of 'b.sql.gz' was deleted"));
  }

  @Test
  void what_another_tool_left_is_a_note_and_the_rest_is_nobodys_business() {
    Manifest manifest = shelf.take("b");
    Shelf.put(shelf.nas, "old/conitrack_20250101.sql.gz", new byte[1]);
    Shelf.put(shelf.nas, "readme.txt", new byte[1]);
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.find(manifest.id())).isPresent();
    assertThat(catalogue.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.key()).isEqualTo("old/conitrack_20250101.sql.gz"))
        .extracting(Problem::weight)
        .isEqualTo(Weight.NOTE);
  }

  @Test
  void a_damaged_manifest_blocks_deletion_and_hides_nothing() {
    Manifest manifest = shelf.take("b");
    Manifest other = shelf.take("c");
    for (byte[] damage : List.of(new byte[0], "{}".getBytes(StandardCharsets.UTF_8))) {
      Shelf.overwrite(shelf.disk, manifest.key(), damage);
      Catalogue catalogue = shelf.read();
      assertThat(catalogue.entries())
          .extracting(CatalogueEntry::manifest)
          .containsExactly(other, manifest);
      requireBlockedBy(catalogue, "disk", manifest.key(), "unable to read the manifest");
    }
    shelf.nas.delete(manifest.key());
    assertThat(shelf.read().entries()).extracting(CatalogueEntry::manifest).containsExactly(other);
  }

  @Test
  void a_manifest_that_was_altered_is_told_from_the_one_the_register_saw() {
    Manifest manifest = shelf.take("b");
    byte[] altered = ManifestJson.write(Shelf.ofRun(manifest, "forged"));
    Shelf.overwrite(shelf.disk, manifest.key(), altered);
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.entries()).extracting(CatalogueEntry::manifest).containsExactly(manifest);
    requireBlockedBy(catalogue, "disk", manifest.key(), "was altered");
  }

  @Test
  void two_manifests_swapped_are_both_named() {
    Manifest one = shelf.take("b");
    Manifest other = shelf.take("c");
    byte[] bytes = SmallObjects.get(shelf.disk, one.key());
    Shelf.overwrite(shelf.disk, one.key(), SmallObjects.get(shelf.disk, other.key()));
    Shelf.overwrite(shelf.disk, other.key(), bytes);
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.entries()).hasSize(2);
    assertThat(catalogue.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(one.key(), other.key());
    assertThat(catalogue.problems())
        .allMatch(p -> p.description().contains("under another's name"))
        .allMatch(Problem::blocksDeletion);
  }

  @Test
  void a_backup_gone_from_everywhere_is_missed_unless_it_was_deleted() {
    Manifest manifest = shelf.take("b");
    shelf.delete(manifest);
    assertThat(shelf.read().problems())
        .singleElement()
        .satisfies(p -> assertThat(p.weight()).isEqualTo(Weight.FINDING))
        .extracting(Problem::description)
        .asString()
        .contains("'b.sql.gz' and its manifest are gone");
    shelf.tell(manifest, RegisterEvent.DELETION, "DELETED", null, Map.of());
    assertThat(shelf.read().problems()).isEmpty();
  }

  @Test
  void a_storage_that_cannot_be_listed_leaves_the_catalogue_in_part() {
    Manifest manifest = shelf.take("b");
    Catalogue catalogue = Shelf.read(List.of(shelf.disk, unlistable(shelf.nas)));
    assertThat(catalogue.whole()).isFalse();
    assertThat(catalogue.problems()).anyMatch(p -> p.blocksDeletion() && p.storage().equals("nas"));
    CatalogueEntry entry = catalogue.find(manifest.id()).orElseThrow();
    assertThat(entry.copies().get(0).proved()).isTrue();
    assertThat(entry.copies().get(1).proved()).isFalse();
  }

  private static BackupStorage unlistable(BackupStorage storage) {
    return (BackupStorage)
        Proxy.newProxyInstance(
            BackupStorage.class.getClassLoader(),
            new Class<?>[] {BackupStorage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("info")) {
                return storage.info();
              }
              throw new StorageException(
                  ErrorKind.CONNECTION, "unable to reach storage 'nas'", "asked for", null);
            });
  }

  @Test
  void a_damaged_register_blocks_deletion() {
    Manifest manifest = shelf.take("b");
    shelf.take("c");
    Shelf.overwrite(shelf.nas, "register/0000000001.json", new byte[3]);
    Catalogue catalogue = shelf.read();
    assertThat(catalogue.find(manifest.id())).isPresent();
    requireBlockedBy(catalogue, "nas", "register/0000000001.json", "was altered");
  }

  @Test
  void a_register_cut_short_is_missed_by_the_manifests() {
    shelf.take("b");
    shelf.take("c");
    shelf.nas.delete("register/0000000001.json");
    shelf.nas.delete("register/0000000002.json");
    requireBlockedBy(shelf.read(), "nas", "register/0000000001.json", "is missing at the end");
  }

  private static void requireBlockedBy(
      Catalogue catalogue, String storage, String key, String description) {
    assertThat(catalogue.problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.storage()).isEqualTo(storage);
              assertThat(p.key()).isEqualTo(key);
              assertThat(p.description()).contains(description);
              assertThat(p.blocksDeletion()).isTrue();
            });
  }

  private CatalogueEntry entry(Manifest manifest) {
    return shelf.read().find(manifest.id()).orElseThrow();
  }

  private List<VerificationLevel> levels(Manifest manifest) {
    return entry(manifest).copies().stream().map(CopyState::level).toList();
  }
}
