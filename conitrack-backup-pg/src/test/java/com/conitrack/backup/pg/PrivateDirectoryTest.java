package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  @TempDir Path parent;

  @Test
  void onlyItsOwnerMayLookAndNothingIsLeft() throws IOException {
    Path file;
    try (PrivateDirectory directory = PrivateDirectory.create(parent, new byte[] {1})) {
      file = directory.file();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void theSweepLeavesThoseOfLivingProcesses() throws IOException {
    try (PrivateDirectory directory = PrivateDirectory.create(parent, new byte[] {1})) {
      PrivateDirectory.sweep(parent);

      assertThat(directory.file()).exists();
    }
  }

  @Test
  void theSweepRemovesWhatAProcessThatHasGoneLeft() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path left = leftBy(gone.pid());

    PrivateDirectory.sweep(parent);

    assertThat(left).doesNotExist();
  }

  @Test
  void theSweepIsNotFooledByAProcessNumberUsedAgain() throws IOException {
    Path left = leftBy(ProcessHandle.current().pid());

    PrivateDirectory.sweep(parent);

    assertThat(left).doesNotExist();
  }

  @Test
  void theSweepLeavesWhatIsNotOurs() throws IOException {
    Path foreign = Files.createDirectory(parent.resolve("conitrack-backup-pg-notes"));

    PrivateDirectory.sweep(parent);
    PrivateDirectory.sweep(parent.resolve("nowhere"));

    assertThat(foreign).exists();
  }

  /** What this library leaves when killed, under the number of another process or another start. */
  private Path leftBy(long pid) throws IOException {
    PrivateDirectory own = PrivateDirectory.create(parent, new byte[] {1});
    Path directory = Objects.requireNonNull(own.file().getParent());
    String[] parts = directory.getFileName().toString().split("-", 7);
    parts[4] = Long.toString(pid);
    parts[5] = "12345";
    return Files.move(directory, parent.resolve(String.join("-", parts)));
  }
}
