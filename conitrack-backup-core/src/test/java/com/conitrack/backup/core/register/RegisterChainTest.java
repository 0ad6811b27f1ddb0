package com.conitrack.backup.core.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.ObjectAttributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisterChainTest {
  private final InMemoryStorage storage = new InMemoryStorage("disk");

  @AfterEach
  void nothing_stays_open() {
    assertThat(storage.openHandles()).isEmpty();
  }

  @Test
  void an_entry_is_one_line_of_json_that_ends_with_its_digest() {
    new RegisterChain(storage).append(Entries.entry(1));
    new RegisterChain(storage).append(Entries.entry(2));
    String first = new String(Entries.bytes(storage, 1), StandardCharsets.UTF_8);
    String second = new String(Entries.bytes(storage, 2), StandardCharsets.UTF_8);
    assertThat(first)
        .startsWith(
            "{\"format\":\"conitrack-register\",\"version\":1,\"sequence\":1,\"previous\":null,"
                + "\"id\":\"id-1\",\"at\":\"2026-01-06T03:01:00Z\",\"event\":\"BACKUP\","
                + "\"outcome\":\"COMPLETE\",\"actor\":{\"name\":\"ana \\\"la jefa\\\"\","
                + "\"host\":\"db-host\",\"software\":\"conitrack-backup 0.1.0\"},"
                + "\"backup\":\"backup_1\",\"storage\":null,\"details\":{\"key\":")
        .matches("[^\n]*,\"digest\":\"[0-9a-f]{64}\"}\n");
    assertThat(second)
        .contains("\"previous\":\"" + Sha256.of(Entries.bytes(storage, 1)).hex() + "\"");
    String body = second.substring(0, second.indexOf(",\"digest\":\"", second.length() - 80));
    assertThat(second).contains(Sha256.of(body.getBytes(StandardCharsets.UTF_8)).hex());
  }

  @Test
  void what_is_appended_is_read() {
    Entries.append(storage, 12);
    List<ChainedEntry> read = new RegisterChain(storage).read();
    assertThat(read).extracting(ChainedEntry::entry).isEqualTo(entries(12));
    assertThat(read.get(11).key()).isEqualTo("register/0000000012.json");
    assertThat(new RegisterChain(storage).verify(List.of())).isEmpty();
  }

  private static List<RegisterEntry> entries(int count) {
    List<RegisterEntry> entries = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      entries.add(Entries.entry(number));
    }
    return entries;
  }

  @Test
  void the_head_is_found_and_followed() {
    RegisterChain chain = new RegisterChain(storage);
    assertThat(chain.head()).isEmpty();
    Entries.append(storage, 2);
    assertThat(chain.head())
        .contains(new RegisterAnchor("disk", 2, Sha256.of(Entries.bytes(storage, 2))));
    RegisterChain other = new RegisterChain(storage);
    for (int number = 3; number <= 80; number++) {
      other.append(Entries.entry(number));
    }
    assertThat(chain.head().orElseThrow().sequence()).isEqualTo(80);
    assertThat(chain.append(Entries.entry(81)).sequence()).isEqualTo(81);
  }

  @Test
  void writers_that_race_neither_fork_nor_lose() throws Exception {
    int writers = 8;
    int each = 25;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    List<Callable<Void>> work = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String name = "w" + writer;
      // Two threads share a chain, as threads of a process do; the others are other processes.
      RegisterChain chain = new RegisterChain(storage);
      work.add(() -> appendAll(chain, name + "a", each));
      work.add(() -> appendAll(chain, name + "b", each));
    }
    for (Future<Void> future : pool.invokeAll(work)) {
      future.get();
    }
    pool.shutdown();
    List<ChainedEntry> read = new RegisterChain(storage).read();
    assertThat(read).hasSize(2 * writers * each);
    assertThat(read).extracting(e -> e.entry().id()).doesNotHaveDuplicates();
    assertThat(new RegisterChain(storage).verify(List.of())).isEmpty();
  }

  private static Void appendAll(RegisterChain chain, String name, int count) {
    for (int i = 0; i < count; i++) {
      chain.append(Entries.entry(name + i, i));
    }
    return null;
  }

  @Test
  void a_write_whose_answer_was_lost_counts_once() {
    TroubledStorage troubled = new TroubledStorage(storage);
    RegisterChain chain = new RegisterChain(troubled);
    chain.append(Entries.entry(1));
    troubled.loseCommitAnswers(ErrorKind.CONNECTION);
    assertThat(chain.append(Entries.entry(2)).sequence()).isEqualTo(2);
    troubled.loseCommitAnswers(ErrorKind.ALREADY_EXISTS);
    assertThat(chain.append(Entries.entry(3)).sequence()).isEqualTo(3);
    assertThat(new RegisterChain(storage).read())
        .extracting(e -> e.entry().id())
        .containsExactly("id-1", "id-2", "id-3");
  }

  @Test
  void a_write_that_failed_leaves_the_chain_as_it_was() {
    TroubledStorage troubled = new TroubledStorage(storage);
    RegisterChain chain = new RegisterChain(troubled);
    chain.append(Entries.entry(1));
    troubled.refuseCommits(ErrorKind.FULL);
    assertThatThrownBy(() -> chain.append(Entries.entry(2)))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.FULL));
    troubled.heal();
    assertThat(chain.append(Entries.entry(3)).sequence()).isEqualTo(2);
    assertThat(new RegisterChain(storage).verify(List.of())).isEmpty();
  }

  @Test
  void a_damaged_newest_entry_does_not_stop_the_next() {
    Entries.append(storage, 2);
    Entries.overwrite(storage, 2, new byte[] {1, 2, 3});
    new RegisterChain(storage).append(Entries.entry(3));
    RegisterChain chain = new RegisterChain(storage);
    assertThat(chain.read()).extracting(ChainedEntry::sequence).containsExactly(1L, 3L);
    assertThat(chain.verify(List.of()))
        .extracting(RegisterFinding::key)
        .containsExactly("register/0000000002.json");
  }

  @Test
  void an_object_at_the_last_number_is_told_instead_of_counted_on() {
    SmallObjects.put(storage, "register/9999999999.json", new byte[] {1}, ObjectAttributes.JSON);
    assertThatThrownBy(() -> new RegisterChain(storage).append(Entries.entry(1)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("register/9999999999.json");
  }
}
