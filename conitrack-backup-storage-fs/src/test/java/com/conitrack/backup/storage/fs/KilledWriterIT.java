package com.conitrack.backup.storage.fs;

import static com.conitrack.backup.storage.fs.TestFiles.bytes;
import static com.conitrack.backup.storage.fs.TestFiles.files;
import static com.conitrack.backup.storage.fs.TestFiles.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that writes is killed with SIGKILL; another finds what it left. */
class KilledWriterIT {
  private static final int KILLS = 8;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path directory;
  @TempDir Path elsewhere;

  @Test
  void anUploadThatWasKilledIsInvisibleAndSwept() throws Exception {
    FileSystemStorage storage = FileSystemStorage.at("disk", directory);
    Process writer = start("half", "links");
    awaitLines(1);
    assertThat(sweep(storage)).as("while the writer lives").isEmpty();
    assertThat(files(directory)).hasSize(1);
    kill(writer);
    assertThat(storage.list("")).isEmpty();
    assertThat(storage.find("dir/half")).isEmpty();
    assertThat(sweep(storage)).hasSize(1).first().asString().contains("dir/.half.");
    assertThat(files(directory)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"links", "no-links"})
  void objectsOfAKilledWriterAreWholeOrAbsent(String links) throws Exception {
    FileSystemStorage storage = FileSystemStorage.at("disk", directory);
    Random random = new Random(1);
    int from = 0;
    for (int i = 0; i < KILLS; i++) {
      List<String> committed = writeUntilKilled(links, from, random.nextInt(40));
      assertThat(storage.list("").stream().map(StoredObject::key)).containsAll(committed);
      sweep(storage);
      assertWholeAndClean(storage);
      from += 10_000;
    }
  }

  /** The keys that were committed for certain. */
  private List<String> writeUntilKilled(String links, int from, int most) throws Exception {
    Process writer = start(Integer.toString(from), links);
    awaitLines(most);
    kill(writer);
    return linesSaid();
  }

  private void assertWholeAndClean(FileSystemStorage storage) throws IOException {
    List<StoredObject> objects = storage.list("");
    assertThat(files(directory).stream().filter(file -> !isNamelessClaim(file)))
        .as("objects and nothing else")
        .hasSameSizeAs(objects);
    for (StoredObject object : objects) {
      assertThat(get(storage, object.key())).isEqualTo(KilledWriter.content(object.key()));
    }
  }

  /** Its writer was killed before it had written whose it is: it has to wait for its age. */
  private static boolean isNamelessClaim(Path file) {
    return WorkFiles.isClaim(file) && file.toFile().length() == 0;
  }

  private static List<String> sweep(FileSystemStorage storage) {
    return storage.sweep(Instant.now().minus(Duration.ofDays(1)));
  }

  private Process start(String what, String links) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            directory.toString(),
            what,
            links)
        .redirectOutput(said().toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Path said() {
    return elsewhere.resolve("said");
  }

  private void awaitLines(int count) {
    await().atMost(PATIENCE).until(() -> linesSaid().size() >= count);
  }

  /** The last line may have been cut by the kill. */
  private List<String> linesSaid() throws IOException {
    String text = Files.readString(said());
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** The process that is killed. */
  static final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] arguments) throws Exception {
      FileSystemStorage storage =
          new FileSystemStorage(
              "disk",
              Path.of(arguments[0]),
              arguments[2].equals("links")
                  ? Files::createLink
                  : (link, existing) -> {
                    throw new IOException("Operation not permitted");
                  });
      if (arguments[1].equals("half")) {
        stopHalfWay(storage);
      }
      for (int i = Integer.parseInt(arguments[1]); ; i++) {
        String key = "dir/" + i;
        TestFiles.put(storage, key, content(key));
        System.out.println(key);
      }
    }

    static byte[] content(String key) {
      return bytes(300_000 + Integer.parseInt(key.substring(4)));
    }

    private static void stopHalfWay(FileSystemStorage storage) throws InterruptedException {
      storage.begin("dir/half", ObjectAttributes.JSON).write(bytes(3_000_000), 0, 3_000_000);
      System.out.println("half written");
      Thread.currentThread().join();
    }
  }
}
