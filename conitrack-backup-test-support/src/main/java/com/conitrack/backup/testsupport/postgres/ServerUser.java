package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account a server runs under. PostgreSQL refuses to run as root (PostgreSQL documentation,
 * "The PostgreSQL User Account"), so root steps down to {@code postgres} or {@code nobody};
 * everyone else runs it as themselves.
 *
 * @param uid numeric user id
 * @param gid numeric group id
 * @param name its name
 * @param steppedDown whether it is another account than this process's own
 */
record ServerUser(int uid, int gid, String name, boolean steppedDown) {
  private static final Path ROOT = Path.of("/");

  /** The account that servers started by this process run under. */
  static ServerUser current() {
    String self = id("-un");
    if (!id("-u").equals("0")) {
      return lookUp(self, false);
    }
    return Stream.of("postgres", "nobody")
        .filter(name -> Commands.run(List.of("id", name), ROOT).isGood())
        .findFirst()
        .map(name -> lookUp(name, true))
        .orElseThrow(ServerUser::noAccount);
  }

  /** {@code command} as this account runs it. */
  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (steppedDown) {
      whole.addAll(stepDown());
    }
    whole.addAll(command);
    return whole;
  }

  /**
   * {@code command} as this account runs it, such that the kernel stops it ({@code SIGQUIT}: a
   * server's immediate shutdown) when the thread that started it ends; without that where the
   * system lacks it.
   */
  List<String> boundCommand(List<String> command) {
    if (!has("setpriv")) {
      return command(command);
    }
    List<String> whole = new ArrayList<>(List.of("setpriv", "--pdeathsig", "QUIT"));
    if (steppedDown) {
      whole.addAll(identity());
    }
    whole.add("--");
    whole.addAll(command);
    return whole;
  }

  /** Makes this account the owner of {@code path}. */
  void own(Path path) throws IOException {
    if (steppedDown) {
      Files.setAttribute(path, "unix:uid", uid);
      Files.setAttribute(path, "unix:gid", gid);
    }
  }

  /** Whether this account can enter {@code directory}. */
  boolean canEnter(Path directory) {
    return Commands.run(command(List.of("test", "-x", directory.toString())), ROOT).isGood();
  }

  private List<String> stepDown() {
    if (has("setpriv")) {
      List<String> whole = new ArrayList<>(List.of("setpriv"));
      whole.addAll(identity());
      whole.add("--");
      return whole;
    }
    return has("runuser") ? List.of("runuser", "-u", name, "--") : List.of("sudo", "-nu", name);
  }

  private List<String> identity() {
    return List.of("--reuid", "" + uid, "--regid", "" + gid, "--clear-groups");
  }

  private static ServerUser lookUp(String name, boolean steppedDown) {
    int uid = Integer.parseInt(id("-u", name));
    return new ServerUser(uid, Integer.parseInt(id("-g", name)), name, steppedDown);
  }

  private static String id(String... arguments) {
    List<String> command = new ArrayList<>(List.of("id"));
    command.addAll(List.of(arguments));
    return Commands.run(command, ROOT).output();
  }

  private static boolean has(String tool) {
    String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return Stream.of(path.split(":"))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }

  private static BackupException noAccount() {
    return new BackupException(
        ErrorKind.CONFIGURATION,
        "unable to start a PostgreSQL server as root",
        "PostgreSQL refuses that, and there is neither an account 'postgres' nor 'nobody'",
        "run as another user, or 'useradd --system postgres'");
  }
}
