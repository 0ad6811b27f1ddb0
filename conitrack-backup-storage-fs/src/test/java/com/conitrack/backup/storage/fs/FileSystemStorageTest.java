package com.conitrack.backup.storage.fs;

import static com.conitrack.backup.storage.fs.TestFiles.bytes;
import static com.conitrack.backup.storage.fs.TestFiles.files;
import static com.conitrack.backup.storage.fs.TestFiles.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemStorageTest {
  @TempDir Path temporary;
  private Path directory;
  private FileSystemStorage storage;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temporary.resolve("backups"));
    storage = FileSystemStorage.at("nas", directory);
  }

  @Test
  void anAbsentDirectoryIsSaidAndNotMade() {
    Path absent = temporary.resolve("unmounted/backups");
    FileSystemStorage unmounted = FileSystemStorage.at("nas", absent);
    List<ThrowingCallable> calls =
        List.of(
            () -> put(unmounted, "dir/key", bytes(1)),
            () -> unmounted.open("key"),
            () -> unmounted.find("key"),
            () -> unmounted.list(""),
            () -> unmounted.delete("key"),
            () -> unmounted.sweep(Instant.now()));
    for (ThrowingCallable call : calls) {
      assertFails(ErrorKind.NOT_FOUND, call)
          .hasMessageContaining("storage 'nas'")
          .hasMessageContaining("hint: mount it")
          .hasMessageContaining("mkdir -p '" + absent + "'");
    }
    assertThat(temporary.resolve("unmounted")).doesNotExist();
  }

  @Test
  void aDirectoryThatVanishesIsSaid() throws IOException {
    try (Upload upload = storage.begin("key", ObjectAttributes.JSON)) {
      Files.delete(files(directory).get(0));
      Files.delete(directory);
      assertFails(ErrorKind.NOT_FOUND, upload::commit).hasMessageContaining("mount it");
    }
  }

  @Test
  void aDirectoryIsMadeOnRequest() {
    Path absent = temporary.resolve("a/b");
    put(FileSystemStorage.createAt("disk", absent), "key", bytes(1));
    assertThat(absent.resolve("key")).exists();
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> FileSystemStorage.createAt("disk", absent.resolve("key")))
        .withMessageStartingWith("unable to make the directory of storage 'disk'");
  }

  @Test
  void bytesAreInAHiddenFileOfOursUntilCommitted() throws IOException {
    try (Upload upload = storage.begin("dir/key.gz", ObjectAttributes.JSON)) {
      upload.write(bytes(1_000_000), 0, 1_000_000);
      Path part = files(directory).get(0);
      assertThat(files(directory)).hasSize(1);
      assertThat(part.getParent()).isEqualTo(directory.resolve("dir"));
      assertThat(part.getFileName().toString())
          .startsWith(".key.gz.")
          .contains("-" + ProcessHandle.current().pid() + "-")
          .endsWith(".conitrack-part");
      upload.commit();
    }
    assertThat(files(directory)).containsExactly(directory.resolve("dir/key.gz"));
    assertThat(permissions(directory.resolve("dir/key.gz"))).isEqualTo("rw-------");
    assertThat(permissions(directory.resolve("dir"))).isEqualTo("rwx------");
  }

  @Test
  void nothingIsLeftOfWhatWasNotCommitted() throws IOException {
    storage.begin("key", ObjectAttributes.JSON).close();
    put(storage, "taken", bytes(1));
    try (Upload upload = storage.begin("late", ObjectAttributes.JSON)) {
      put(storage, "late", bytes(1));
      assertFails(ErrorKind.ALREADY_EXISTS, upload::commit);
    }
    assertThat(files(directory))
        .containsExactly(directory.resolve("late"), directory.resolve("taken"));
  }

  @Test
  void aFileThatLostBytesIsNotPublished() throws IOException {
    try (Upload upload = storage.begin("key", ObjectAttributes.JSON)) {
      upload.write(bytes(1 << 20), 0, 1 << 20);
      cutTo(10, files(directory).get(0));
      assertFails(ErrorKind.DAMAGED, upload::commit).hasMessageContaining("1,048,576 bytes");
      assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
    }
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void aFileThatWasRemovedIsNotPublished() throws IOException {
    try (Upload upload = storage.begin("key", ObjectAttributes.JSON)) {
      upload.write(bytes(100), 0, 100);
      Files.delete(files(directory).get(0));
      assertFails(ErrorKind.NOT_FOUND, upload::commit).hasMessageContaining("has vanished");
    }
    assertThat(storage.list("")).isEmpty();
  }

  @Test
  void aFileCutWhileBeingReadIsNoEnd() throws IOException {
    put(storage, "key", bytes(1_000_000));
    try (InputStream stream = storage.open("key")) {
      stream.readNBytes(10);
      cutTo(500_000, directory.resolve("key"));
      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was cut while being read");
    }
  }

  @Test
  void anInterruptEndsAnUpload() throws IOException {
    try (Upload upload = storage.begin("key", ObjectAttributes.JSON)) {
      Thread.currentThread().interrupt();
      assertFails(ErrorKind.CANCELLED, () -> upload.write(bytes(1_000_000), 0, 1_000_000));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void symbolicLinksAreNotFollowed() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.write(outside.resolve("secret"), bytes(5));
    Files.createSymbolicLink(directory.resolve("link"), outside);
    Files.createSymbolicLink(directory.resolve("file"), outside.resolve("secret"));

    assertThat(storage.list("")).isEmpty();
    for (String key : List.of("link/secret", "file")) {
      assertThat(storage.find(key)).isEmpty();
      assertFails(ErrorKind.NOT_FOUND, () -> storage.open(key));
      assertThat(storage.delete(key)).isFalse();
    }
    assertFails(ErrorKind.IO, () -> put(storage, "link/new", bytes(1)))
        .hasMessageContaining("symbolic links are not followed");
    assertFails(ErrorKind.ALREADY_EXISTS, () -> put(storage, "file", bytes(1)));
    assertThat(files(outside)).containsExactly(outside.resolve("secret"));
  }

  @Test
  void aKeyMayNotContinueAnObject() {
    put(storage, "object", bytes(1));
    put(storage, "dir/object", bytes(1));
    assertFails(ErrorKind.IO, () -> put(storage, "object/below", bytes(1)))
        .hasMessageContaining("is not a directory");
    assertFails(ErrorKind.ALREADY_EXISTS, () -> put(storage, "dir", bytes(1)));
  }

  @Test
  void whatBelongsToOthersIsNeitherListedNorTouched() throws IOException {
    List<String> foreign =
        List.of(
            ".DS_Store",
            ".hidden.part",
            "lost+found/x",
            "with blank.txt",
            "Año.sql",
            ".git/config",
            ".x.conitrack-part",
            "dir/.nfs0001",
            "dir/System Volume Information/y");
    for (String name : foreign) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes(3));
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
    Files.createDirectory(directory.resolve("empty"));
    put(storage, "dir/ours", bytes(1));
    Files.write(directory.resolve("adopted.sql.gz"), bytes(7));

    assertThat(storage.list("").stream().map(StoredObject::key))
        .containsExactly("adopted.sql.gz", "dir/ours");
    assertThat(storage.sweep(Instant.now())).isEmpty();
    assertThat(files(directory)).hasSize(foreign.size() + 2);
  }

  @Test
  void aRelativeDirectoryIsNamedInFull() {
    FileSystemStorage relative = FileSystemStorage.at("disk", Path.of("target", "..", "target"));
    assertThat(relative.info().location()).isEqualTo(Path.of("target").toAbsolutePath().toString());
    assertThat(relative)
        .hasToString("FileSystemStorage[disk at " + relative.info().location() + "]");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void cutTo(long bytes, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  private static AbstractThrowableAssert<?, ?> assertFails(ErrorKind kind, ThrowingCallable call) {
    AbstractThrowableAssert<?, ?> failure =
        assertThatThrownBy(call).isInstanceOf(StorageException.class);
    failure.extracting(e -> ((StorageException) e).kind()).isEqualTo(kind);
    return failure;
  }
}
