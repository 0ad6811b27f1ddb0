package com.conitrack.backup.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real drive that is full or read-only: a small tmpfs, mounted in a mount namespace of its
 * own, so that neither the machine's mounts nor its disks are touched.
 */
class LimitedDriveIT {
  private static final int NOT_MOUNTED = 99;

  @TempDir Path drive;
  @TempDir Path elsewhere;

  @Test
  void aFullDriveIsSaidAndLeavesNoTrace() throws Exception {
    assertThat(run("size=1m", "\"$JAVA\" -cp \"$CP\" $MAIN fill \"$DRIVE\""))
        .anyMatch(
            line ->
                line.startsWith("put: FULL unable to put 'dir/large' in storage 'usb': ")
                    && line.contains("bytes of it were written")
                    && line.contains("bytes are free in '" + drive + "'")
                    && line.contains("hint: make room"))
        .contains(
            "write after it: IllegalStateException",
            "commit after it: IllegalStateException",
            "keys: [dir/before]",
            "files: 1",
            "keys: [dir/after, dir/before]");
  }

  @Test
  void aFullDriveIsKnownWhateverTheLanguage() throws Exception {
    assertThat(run("size=1m", "\"$JAVA\" -cp \"$CP\" $MAIN translate \"$DRIVE\""))
        .anyMatch(line -> line.startsWith("FULL unable: No queda espacio en el dispositivo: 5 "));
  }

  @Test
  void aDriveWithoutRoomForAnotherNameIsFull() throws Exception {
    assertThat(run("nr_inodes=3", "\"$JAVA\" -cp \"$CP\" $MAIN names \"$DRIVE\""))
        .anyMatch(line -> line.startsWith("put: FULL unable to put "));
  }

  @Test
  void aReadOnlyDriveIsSaidAndCanBeRead() throws Exception {
    List<String> report =
        run(
            "size=1m",
            "\"$JAVA\" -cp \"$CP\" $MAIN store \"$DRIVE\" && mount -o remount,ro \"$DRIVE\" &&"
                + " \"$JAVA\" -cp \"$CP\" $MAIN read-only \"$DRIVE\"");
    assertThat(report)
        .anyMatch(
            line ->
                line.startsWith("put: PERMISSION")
                    && line.contains("the file system of '" + drive)
                    && line.contains("is read-only; hint: mount it for writing"))
        .anyMatch(line -> line.startsWith("delete: PERMISSION") && line.contains("is read-only"))
        .contains("read: 1000", "keys: [dir/before]");
  }

  /** Mounts the drive, runs {@code commands} and returns the lines they print. */
  private List<String> run(String options, String commands) throws Exception {
    Path report = elsewhere.resolve("report");
    List<String> command = new ArrayList<>(namespace());
    command.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o "
                + options
                + " tmpfs \"$DRIVE\" || exit "
                + NOT_MOUNTED
                + "\n"
                + "trap 'umount \"$DRIVE\"' EXIT\n"
                + commands));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(report.toFile());
    builder.environment().put("DRIVE", drive.toString());
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().put("CP", System.getProperty("java.class.path"));
    builder.environment().put("MAIN", DriveScenario.class.getName());
    return ended(builder.start(), report);
  }

  private static List<String> namespace() throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    return root
        ? List.of("unshare", "--mount", "--propagation", "unchanged")
        : List.of("unshare", "--mount", "--map-root-user");
  }

  private static List<String> ended(Process process, Path report) throws Exception {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    List<String> lines = Files.readAllLines(report);
    if (process.exitValue() == NOT_MOUNTED
        || lines.stream().anyMatch(l -> l.startsWith("unshare:"))) {
      fail(
          "this test mounts a small tmpfs, which was refused: run it as root on Linux, or allow user"
              + " namespaces (sysctl kernel.unprivileged_userns_clone=1). "
              + lines);
    }
    assertThat(process.exitValue()).as("%s", lines).isZero();
    return lines;
  }
}
