package com.conitrack.backup.storage.fs;

import static com.conitrack.backup.storage.fs.TestFiles.files;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));
  private static final Instant LAST_WEEK = Instant.now().minus(Duration.ofDays(7));
  private static final Writer SELF = Writer.self();
  private static final Writer DEAD = new Writer(SELF.host(), 99_999_999, 1);
  private static final Writer ELSEWHERE = new Writer("0123456789ab", SELF.pid(), SELF.start());

  @TempDir Path directory;
  private FileSystemStorage storage;

  @BeforeEach
  void makeStorage() {
    storage = FileSystemStorage.at("nas", directory);
  }

  @Test
  void whatADeadProcessOfThisHostLeftGoesAtOnce() throws IOException {
    write("dir/.dump.gz." + DEAD + "-0123abcd.conitrack-part", Instant.now());
    write(".key.conitrack-claim", Instant.now(), DEAD + "-0123abcd");
    assertThat(storage.sweep(YESTERDAY))
        .hasSize(2)
        .anyMatch(text -> text.contains("claim") && text.contains(".key.conitrack-claim"))
        .anyMatch(text -> text.contains("upload of 3 bytes: dir/.dump.gz."));
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void aLaterProcessWithTheSameIdIsNotTheWriter() throws IOException {
    Writer earlier = new Writer(SELF.host(), SELF.pid(), SELF.start() - 1);
    write(".key." + earlier + "-0123abcd.conitrack-part", Instant.now());
    assertThat(storage.sweep(YESTERDAY)).hasSize(1);
  }

  @Test
  void aLiveUploadStaysWhateverItsAge() throws IOException {
    try (Upload upload = storage.begin("key", ObjectAttributes.JSON)) {
      Files.setLastModifiedTime(files(directory).get(0), FileTime.from(LAST_WEEK));
      assertThat(storage.sweep(Instant.now())).isEmpty();
      upload.commit();
    }
    assertThat(storage.find("key")).isPresent();
  }

  @Test
  void ofAnotherHostOnlyWhatIsOldGoes() throws IOException {
    write(".new." + ELSEWHERE + "-0123abcd.conitrack-part", Instant.now());
    write(".new.conitrack-claim", Instant.now(), ELSEWHERE + "-0123abcd");
    assertThat(storage.sweep(YESTERDAY)).isEmpty();

    write(".old." + ELSEWHERE + "-0123abcd.conitrack-part", LAST_WEEK);
    write(".old.conitrack-claim", LAST_WEEK, ELSEWHERE + "-0123abcd");
    assertThat(storage.sweep(YESTERDAY)).hasSize(2).allMatch(text -> text.contains(".old."));
    assertThat(files(directory)).hasSize(2);
  }

  @Test
  void whatWasBeingWrittenOrRemovedGoesByAge() throws IOException {
    write(".a.conitrack-claim", Instant.now(), "");
    write(".b.conitrack-claim-0123abcd", Instant.now());
    assertThat(storage.sweep(YESTERDAY)).isEmpty();
    write(".a.conitrack-claim", LAST_WEEK, "");
    write(".b.conitrack-claim-0123abcd", LAST_WEEK);
    assertThat(storage.sweep(YESTERDAY)).hasSize(2);
  }

  @Test
  void aWriterIsReadBackFromItsName() {
    assertThat(Writer.parse(SELF.toString())).contains(SELF);
    assertThat(SELF.isLocal()).isTrue();
    assertThat(SELF.isDead()).isFalse();
    assertThat(DEAD.isDead()).isTrue();
    assertThat(ELSEWHERE.isDead()).isFalse();
    assertThat(Writer.parse("0123456789ab-1-2-3")).isEmpty();
    assertThat(Writer.parse("")).isEmpty();
  }

  private void write(String name, Instant modified) throws IOException {
    write(name, modified, "abc");
  }

  private void write(String name, Instant modified, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
