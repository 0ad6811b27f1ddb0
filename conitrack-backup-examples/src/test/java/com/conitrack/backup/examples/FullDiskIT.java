package com.conitrack.backup.examples;

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
 * Production restores on a server whose disks are full: the databases and the WAL each lie on a
 * small tmpfs, mounted in a mount namespace of the scenario's own.
 */
class FullDiskIT {
  private static final int NOT_MOUNTED = 99;

  @TempDir Path data;
  @TempDir Path wal;
  @TempDir Path elsewhere;

  @Test
  void productionIsTheOldOneOrComesBackOnceThereIsRoom() throws Exception {
    List<String> report = run();

    assertThat(report)
        .containsSubsequence(
            "SWAP, no room for a second database: FULL; the old one, untouched; what was being"
                + " loaded was deleted; safety backup proved",
            "IN_ONE_TRANSACTION, no room for a second database: FULL; the old one, untouched;"
                + " safety backup proved",
            "RECREATE, no room for a second database: restored",
            "RECREATE, full once the old one is deleted: FULL; EMPTY; safety backup proved",
            "RECREATE, still full: EMPTY",
            "RECREATE, there is room: the backup's",
            "SWAP, no room for WAL: the old one",
            "IN_ONE_TRANSACTION, no room for WAL: the old one",
            "RECREATE, no room for WAL: whole");
  }

  /** Mounts the drives, runs the scenario and returns the lines it prints. */
  private List<String> run() throws Exception {
    Path report = elsewhere.resolve("report");
    List<String> command = new ArrayList<>(namespace());
    command.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=160m,mode=1777 tmpfs \"$DATA\""
                + " && mount -t tmpfs -o size=96m,mode=1777 tmpfs \"$WAL\" || exit "
                + NOT_MOUNTED
                + "\n"
                + "exec "
                + again()
                + "\"$JAVA\" -cp \"$CP\" "
                + FullDiskScenario.class.getName()
                + " \"$DATA\" \"$WAL\" \"$STORAGE\""));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(report.toFile());
    builder.environment().put("DATA", data.toString());
    builder.environment().put("WAL", wal.toString());
    builder.environment().put("STORAGE", elsewhere.resolve("storage").toString());
    builder.environment().put("CP", System.getProperty("java.class.path"));
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return ended(builder.start(), report);
  }

  private static boolean root() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static List<String> namespace() throws IOException {
    return root()
        ? List.of("unshare", "--mount", "--propagation", "unchanged")
        : List.of("unshare", "--mount", "--map-root-user");
  }

  /** PostgreSQL does not run as root, nor as what looks like root. */
  private static String again() throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return root() ? "" : "unshare --user --map-user=" + user + " ";
  }

  private static List<String> ended(Process process, Path report) throws Exception {
    boolean ended = process.waitFor(15, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(report);
    assertThat(ended).as("%s", lines).isTrue();
    if (process.exitValue() == NOT_MOUNTED
        || lines.stream().anyMatch(l -> l.startsWith("unshare:"))) {
      fail(
          "this test mounts small tmpfs, which was refused: run it as root on Linux, or allow user"
              + " namespaces (sysctl kernel.unprivileged_userns_clone=1). "
              + lines);
    }
    assertThat(process.exitValue()).as("%s", String.join("\n", lines)).isZero();
    return lines;
  }
}
