package com.conitrack.backup.core.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.register.RegisterFinding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterTest {
  private final InMemoryStorage disk = new InMemoryStorage("disk");
  private final InMemoryStorage nas = new InMemoryStorage("nas");
  private final TroubledStorage troubled = new TroubledStorage(nas);
  private final Register register = new Register(List.of(disk, troubled));

  @Test
  void an_entry_goes_to_every_storage_and_is_read_once() {
    Appended appended = register.append(Entries.entry(1));
    assertThat(appended.anchors())
        .extracting(RegisterAnchor::storage)
        .containsExactly("disk", "nas");
    assertThat(appended.failures()).isEmpty();
    assertThat(register.heads()).isEqualTo(appended.anchors());
    assertThat(register.entries()).containsExactly(Entries.entry(1));
    assertThat(register.verify(List.of())).isEmpty();
  }

  @Test
  void a_storage_that_is_down_does_not_stop_the_others() {
    register.append(Entries.entry(1));
    troubled.goDown();
    Appended appended = register.append(Entries.entry(2));
    assertThat(appended.anchors()).extracting(RegisterAnchor::storage).containsExactly("disk");
    assertThat(appended.failures()).singleElement().asString().contains("unable to reach");
    assertThat(register.heads()).extracting(RegisterAnchor::storage).containsExactly("disk");
    assertThat(register.entries()).hasSize(2);
    assertThat(register.read().whole()).isFalse();
    assertThat(register.verify(List.of()))
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Kind.UNREADABLE))
        .extracting(RegisterFinding::storage)
        .isEqualTo("nas");
  }

  @Test
  void a_storage_that_lists_but_opens_nothing_is_read_to_an_end() {
    register.append(Entries.entry(1));
    register.append(Entries.entry(2));
    troubled.refuseReading();
    assertThat(register.entries()).containsExactly(Entries.entry(1), Entries.entry(2));
    assertThat(register.verify(List.of()))
        .filteredOn(finding -> finding.kind() == Kind.UNREADABLE)
        .extracting(RegisterFinding::key)
        .contains(RegisterKeys.of(1), RegisterKeys.of(2));
  }

  @Test
  void entries_that_one_storage_lacks_are_remarked() {
    register.append(Entries.entry(1));
    troubled.goDown();
    register.append(Entries.entry(2));
    register.append(Entries.entry(3));
    troubled.heal();
    register.append(Entries.entry(4));
    assertThat(register.entries()).extracting(RegisterEntry::id).hasSize(4);
    assertThat(register.verify(List.of()))
        .singleElement()
        .satisfies(f -> assertThat(f.isError()).isFalse())
        .hasToString(
            "register of storage 'nas': lacks 2 entries of storage 'disk', the first "
                + "'register/0000000002.json' of 2026-01-06T03:02:00Z: it was down then or not yet "
                + "in use, or entries were removed");
  }

  @Test
  void no_storage_at_all_is_a_failure() {
    TroubledStorage other = new TroubledStorage(disk);
    Register both = new Register(List.of(other, troubled));
    other.goDown();
    troubled.goDown();
    assertThatThrownBy(() -> both.append(Entries.entry(1)))
        .isInstanceOf(BackupException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());
    assertThatThrownBy(both::entries)
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("'disk'")
        .hasMessageContaining("'nas'");
    assertThat(both.heads()).isEmpty();
  }

  @Test
  void a_damaged_entry_is_read_from_the_other_storage() {
    register.append(Entries.entry(1));
    register.append(Entries.entry(2));
    Entries.overwrite(disk, 1, new byte[0]);
    assertThat(register.entries()).containsExactly(Entries.entry(1), Entries.entry(2));
    assertThat(register.verify(List.of()))
        .extracting(RegisterFinding::kind)
        .containsExactly(Kind.ALTERED, Kind.INCOMPLETE);
  }

  @Test
  void storages_that_contradict_each_other_are_found() {
    new RegisterChain(disk).append(Entries.entry("same", 1));
    new RegisterChain(nas).append(Entries.entry("same", 2));
    assertThat(register.entries()).containsExactly(Entries.entry("same", 1));
    assertThat(register.verify(List.of()))
        .extracting(RegisterFinding::kind)
        .containsExactly(Kind.CONTRADICTION);
  }

  @Test
  void entries_are_ordered_by_time_whatever_their_number() {
    register.append(Entries.entry(3));
    register.append(Entries.entry(1));
    register.append(Entries.entry(2));
    assertThat(register.entries())
        .containsExactly(Entries.entry(1), Entries.entry(2), Entries.entry(3));
  }
}
