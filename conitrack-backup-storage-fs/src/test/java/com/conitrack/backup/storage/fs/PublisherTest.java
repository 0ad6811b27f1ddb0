package com.conitrack.backup.storage.fs;

import static com.conitrack.backup.storage.fs.TestFiles.bytes;
import static com.conitrack.backup.storage.fs.TestFiles.files;
import static com.conitrack.backup.storage.fs.TestFiles.get;
import static com.conitrack.backup.storage.fs.TestFiles.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.storage.fs.Publisher.HardLinks;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final HardLinks REFUSED =
      (link, existing) -> {
        throw new FileSystemException(
            link.toString(), existing.toString(), "Operation not permitted");
      };

  @TempDir Path directory;

  @Test
  void aPassingFailureIsNotTakenForALackOfLinks() throws IOException {
    HardLinks failing =
        (link, existing) -> {
          if (link.endsWith("key")) {
            throw new FileSystemException(link.toString(), null, "Input/output error");
          }
          Files.createLink(link, existing);
        };
    assertThatThrownBy(() -> put(storage(failing), "key", bytes(10)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Input/output error");
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void aLinkMadeByARepeatedRequestIsOurs() throws IOException {
    HardLinks repeating =
        (link, existing) -> {
          Files.createLink(link, existing);
          Files.createLink(link, existing);
        };
    put(storage(repeating), "key", bytes(10));
    assertThat(get(storage(repeating), "key")).isEqualTo(bytes(10));
    assertThat(files(directory)).containsExactly(directory.resolve("key"));
  }

  @Test
  void withoutLinksOfManyInstancesExactlyOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      String key = "race-" + round;
      List<Integer> winners = race(8, key);
      assertThat(winners).hasSize(1);
      assertThat(get(storage(REFUSED), key)).isEqualTo(bytes(winners.get(0)));
    }
    assertThat(files(directory)).hasSize(20);
  }

  @Test
  void withoutLinksAClaimOfADeadWriterIsNoObstacle() throws IOException {
    Files.writeString(directory.resolve(".key.conitrack-claim"), dead() + "-0123abcd");
    put(storage(REFUSED), "key", bytes(10));
    assertThat(files(directory)).containsExactly(directory.resolve("key"));
  }

  @Test
  void withoutLinksAClaimInUseIsWaitedFor() throws Exception {
    Path claimed = directory.resolve(".key.conitrack-claim");
    Claim claim = Claim.take(claimed);
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> put(storage(REFUSED), "key", bytes(10)));
    assertThat(Claim.removeIfDead(claimed)).isFalse();
    assertThat(Claim.removeIfNotAlive(claimed)).isFalse();
    assertThat(writing).isNotDone();
    Files.write(directory.resolve("key"), bytes(3));
    claim.close();
    assertThatThrownBy(() -> writing.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(StorageException.class)
        .hasMessageContaining("the key exists");
    assertThat(get(storage(REFUSED), "key")).isEqualTo(bytes(3));
  }

  @Test
  void aClaimThatChangedHandsIsNotRemoved() throws IOException {
    Path claimed = directory.resolve(".key.conitrack-claim");
    String content = dead() + "-0123abcd";
    Files.writeString(claimed, content);
    Path right = WorkFiles.rightToRemove(claimed, content.hashCode());
    Files.createFile(right);
    assertThat(Claim.removeIfDead(claimed)).as("while another has the right").isFalse();
    Files.delete(right);
    assertThat(Claim.removeIfDead(claimed)).isTrue();
    assertThat(Claim.removeIfDead(claimed)).isFalse();
    assertThat(files(directory)).isEmpty();
  }

  private FileSystemStorage storage(HardLinks links) {
    return new FileSystemStorage("usb", directory, links);
  }

  /** A process that cannot exist: Linux ends at 4,194,304. */
  private static Writer dead() {
    return new Writer(Writer.self().host(), 99_999_999, 1);
  }

  private List<Integer> race(int count, String key) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] content = bytes(i);
        FileSystemStorage own = storage(REFUSED);
        tasks.add(() -> start.await() >= 0 && tryToPut(own, key, content));
      }
      List<Integer> winners = new ArrayList<>();
      List<Future<Boolean>> results = threads.invokeAll(tasks);
      for (int i = 0; i < count; i++) {
        if (results.get(i).get()) {
          winners.add(i);
        }
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean tryToPut(FileSystemStorage storage, String key, byte[] content) {
    try {
      put(storage, key, content);
      return true;
    } catch (StorageException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
      return false;
    }
  }
}
