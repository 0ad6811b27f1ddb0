package com.conitrack.backup.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.register.RegisterFinding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a register of six entries is found and named, and the rest stays readable.
 */
class RegisterTamperTest {
  private static final int COUNT = 6;

  private final InMemoryStorage storage = new InMemoryStorage("disk");
  private RegisterAnchor head = new RegisterAnchor("disk", 1, Sha256.OF_NOTHING);

  @BeforeEach
  void append() {
    Entries.append(storage, COUNT);
    head = new RegisterChain(storage).head().orElseThrow();
  }

  @Test
  void any_byte_edited_in_any_entry() {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      byte[] original = Entries.bytes(storage, sequence);
      for (int at = 0; at < original.length; at++) {
        byte[] edited = original.clone();
        edited[at] ^= 1;
        Entries.overwrite(storage, sequence, edited);
        requireOnlyFinding(RegisterKeys.of(sequence), Kind.ALTERED);
      }
      Entries.overwrite(storage, sequence, original);
    }
    assertThat(verify()).isEmpty();
  }

  @Test
  void any_entry_cut_short_or_made_longer() {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      byte[] original = Entries.bytes(storage, sequence);
      for (int length : new int[] {0, 1, 77, 78, original.length - 1, original.length + 1}) {
        Entries.overwrite(storage, sequence, Arrays.copyOf(original, length));
        requireOnly(RegisterKeys.of(sequence), Kind.ALTERED);
      }
      Entries.overwrite(storage, sequence, original);
    }
  }

  @Test
  void an_edit_with_the_digest_made_to_fit() {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      byte[] original = Entries.bytes(storage, sequence);
      Entries.overwrite(
          storage, sequence, Entries.forged(original, "\"COMPLETE\"", "\"DEGRADED\""));
      assertThat(verify())
          .singleElement()
          .satisfies(f -> assertThat(f.kind()).isEqualTo(Kind.REPLACED))
          .extracting(RegisterFinding::key)
          .isEqualTo(RegisterKeys.of(sequence));
      Entries.overwrite(storage, sequence, original);
    }
  }

  @Test
  void any_entry_deleted() {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      byte[] original = Entries.bytes(storage, sequence);
      storage.delete(RegisterKeys.of(sequence));
      requireOnly(RegisterKeys.of(sequence), sequence == COUNT ? Kind.CUT_OFF : Kind.GAP);
      Entries.overwrite(storage, sequence, original);
    }
  }

  @Test
  void any_number_of_entries_cut_off_the_end() {
    for (int sequence = COUNT; sequence >= 1; sequence--) {
      storage.delete(RegisterKeys.of(sequence));
      assertThat(verify())
          .singleElement()
          .satisfies(f -> assertThat(f.kind()).isEqualTo(Kind.CUT_OFF))
          .extracting(RegisterFinding::key)
          .isEqualTo(RegisterKeys.of(sequence));
    }
  }

  @Test
  void what_this_process_wrote_itself_is_missed_without_a_manifest() {
    RegisterChain chain = new RegisterChain(storage);
    chain.append(Entries.entry(7));
    storage.delete(RegisterKeys.of(7));
    assertThat(chain.verify(List.of()))
        .extracting(RegisterFinding::kind)
        .containsExactly(Kind.CUT_OFF);
  }

  @Test
  void any_two_entries_swapped() {
    for (int one = 1; one <= COUNT; one++) {
      for (int other = one + 1; other <= COUNT; other++) {
        swap(one, other);
        assertThat(verify())
            .extracting(RegisterFinding::key)
            .contains(RegisterKeys.of(one), RegisterKeys.of(other));
        assertThat(new RegisterChain(storage).read()).hasSize(COUNT - 2);
        swap(one, other);
      }
    }
  }

  private void swap(int one, int other) {
    byte[] bytes = Entries.bytes(storage, one);
    Entries.overwrite(storage, one, Entries.bytes(storage, other));
    Entries.overwrite(storage, other, bytes);
  }

  @Test
  void the_register_begun_anew() {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      storage.delete(RegisterKeys.of(sequence));
    }
    RegisterChain chain = new RegisterChain(storage);
    for (int number = 1; number <= COUNT; number++) {
      chain.append(Entries.entry("other-" + number, number));
    }
    assertThat(verify()).extracting(RegisterFinding::kind).containsExactly(Kind.REPLACED);
  }

  @Test
  void the_first_entries_removed_and_the_rest_renumbered() {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      byte[] bytes = Entries.bytes(storage, sequence);
      storage.delete(RegisterKeys.of(sequence));
      if (sequence > 2) {
        String from = "\"sequence\":" + sequence;
        String to = "\"sequence\":" + (sequence - 2);
        Entries.overwrite(storage, sequence - 2, Entries.forged(bytes, from, to));
      }
    }
    assertThat(verify()).extracting(RegisterFinding::key).contains(RegisterKeys.of(1));
  }

  @Test
  void a_foreign_object_is_a_remark() {
    for (String key :
        List.of("register/notes.txt", "register/7.json", "register/0000000000.json")) {
      SmallObjects.put(storage, key, new byte[] {1}, ObjectAttributes.JSON);
      assertThat(verify())
          .singleElement()
          .satisfies(f -> assertThat(f.isError()).isFalse())
          .extracting(RegisterFinding::key)
          .isEqualTo(key);
      storage.delete(key);
    }
  }

  @Test
  void an_object_far_beyond_the_end_is_told_without_counting_up_to_it() {
    SmallObjects.put(storage, "register/9999999999.json", new byte[] {1}, ObjectAttributes.JSON);
    assertThat(verify()).extracting(RegisterFinding::kind).contains(Kind.GAP, Kind.ALTERED);
    assertThat(new RegisterChain(storage).read()).hasSize(COUNT);
  }

  @Test
  void an_entry_of_newer_software_says_so() {
    byte[] bytes = Entries.forged(Entries.bytes(storage, 6), "\"version\":1", "\"version\":2");
    Entries.overwrite(storage, 6, bytes);
    assertThat(new RegisterChain(storage).verify(List.of()))
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Kind.NEWER_FORMAT))
        .extracting(RegisterFinding::description)
        .asString()
        .contains("'register/0000000006.json' has format version 2", "use the version");
  }

  @Test
  void what_is_no_entry_but_has_a_fitting_digest() {
    for (String[] edit :
        List.of(
            new String[] {"\"BACKUP\"", "\"PARTY\""},
            new String[] {"\"id\":\"id-6\",", ""},
            new String[] {"conitrack-register", "other"},
            new String[] {"2026-01-06T", "2026-13-06T"},
            new String[] {"\"backup\":\"", "\"backup\":\"../"})) {
      byte[] original = Entries.bytes(storage, 6);
      Entries.overwrite(storage, 6, Entries.forged(original, edit[0], edit[1]));
      assertThat(new RegisterChain(storage).verify(List.of()))
          .extracting(RegisterFinding::kind)
          .containsExactly(Kind.UNPARSEABLE);
      Entries.overwrite(storage, 6, original);
    }
  }

  @Test
  void an_entry_that_a_listing_misses_is_no_gap() {
    TroubledStorage racing = new TroubledStorage(storage);
    racing.hideFromListings(Set.of(RegisterKeys.of(2), RegisterKeys.of(5), RegisterKeys.of(6)));
    RegisterChain chain = new RegisterChain(racing);
    assertThat(chain.verify(List.of(head))).isEmpty();
    assertThat(chain.read()).hasSize(COUNT);
  }

  @Test
  void an_entry_that_cannot_be_read_does_not_hide_the_rest() {
    TroubledStorage troubled = new TroubledStorage(storage);
    troubled.refuseReading(Set.of(RegisterKeys.of(3)));
    RegisterChain chain = new RegisterChain(troubled);
    assertThat(chain.read()).hasSize(COUNT - 1);
    assertThat(chain.verify(List.of(head)))
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Kind.UNREADABLE))
        .extracting(RegisterFinding::key)
        .isEqualTo(RegisterKeys.of(3));
  }

  private void requireOnly(String key, Kind kind) {
    requireOnlyFinding(key, kind);
    assertThat(new RegisterChain(storage).read()).hasSize(COUNT - 1);
  }

  private void requireOnlyFinding(String key, Kind kind) {
    assertThat(verify())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(kind))
        .satisfies(f -> assertThat(f.description()).contains("'" + key + "'"))
        .extracting(RegisterFinding::key)
        .isEqualTo(key);
  }

  private List<RegisterFinding> verify() {
    return new RegisterChain(storage).verify(List.of(head));
  }
}
