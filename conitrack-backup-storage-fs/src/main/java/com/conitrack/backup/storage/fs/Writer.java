package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.model.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that writes a file, as recorded in the file's name, so that another process can tell
 * whether it still lives.
 *
 * @param host token of the running system the pid is valid on: one boot of one kernel, and one pid
 *     namespace of it. Anything coarser, such as the host's name, could make a live process of a
 *     cloned machine or another container look dead.
 * @param pid its process id there
 * @param start when it started, in a unit of the system's own; tells it from a later process with
 *     the same id. On Linux the clock ticks since boot, because there the instant that {@link
 *     ProcessHandle.Info#startInstant()} gives moves when the clock is set
 */
record Writer(String host, long pid, long start) {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{12})-(\\d{1,18})-(\\d{1,18})");
  private static final int START_TIME_FIELD = 22;

  /** The regular expression that every {@link #toString()} matches; has no group. */
  static final String PATTERN = "[0-9a-f]{12}-\\d{1,18}-\\d{1,18}";

  private static final boolean HAS_PROC = ticksSinceBoot(ProcessHandle.current().pid()).isPresent();

  private static final Writer SELF = describeSelf();

  /** This process. */
  static Writer self() {
    return SELF;
  }

  /** Reads what {@link #toString()} wrote; empty if it is something else. */
  static Optional<Writer> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Writer(
            matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
  }

  /** Whether it ran on the system this process runs on, so that its end can be noticed. */
  boolean isLocal() {
    return host.equals(SELF.host);
  }

  /** Whether it is known to have ended; false if that cannot be told. */
  boolean isDead() {
    if (!isLocal() || othersAreHidden()) {
      return false;
    }
    return ProcessHandle.of(pid)
        .map(process -> startOf(process).filter(found -> found != start).isPresent())
        .orElse(true);
  }

  @Override
  public String toString() {
    return host + "-" + pid + "-" + start;
  }

  private static Writer describeSelf() {
    ProcessHandle self = ProcessHandle.current();
    return new Writer(hostToken(), self.pid(), startOf(self).orElse(0L));
  }

  private static Optional<Long> startOf(ProcessHandle process) {
    return HAS_PROC
        ? ticksSinceBoot(process.pid())
        : process.info().startInstant().map(Instant::toEpochMilli);
  }

  /** Where /proc is mounted with hidepid, a live process of another user looks like none. */
  private static boolean othersAreHidden() {
    return HAS_PROC && ticksSinceBoot(1).isEmpty();
  }

  /** Field 22 of /proc/PID/stat; see proc_pid_stat(5). The second field may hold spaces. */
  private static Optional<Long> ticksSinceBoot(long pid) {
    return read("/proc/" + pid + "/stat")
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
        .map(fields -> Long.parseLong(fields[START_TIME_FIELD - 3]));
  }

  private static String hostToken() {
    String system = read("/proc/sys/kernel/random/boot_id").orElseGet(Writer::hostName);
    return Sha256.of((system + pidNamespace()).getBytes(StandardCharsets.UTF_8))
        .hex()
        .substring(0, 12);
  }

  private static String pidNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static Optional<String> read(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
