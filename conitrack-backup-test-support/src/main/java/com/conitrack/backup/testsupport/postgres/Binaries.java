package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's server programs.
 *
 * @param directory where {@code postgres}, {@code initdb} and {@code pg_ctl} are
 * @param version their version
 */
record Binaries(Path directory, ServerVersion version) {
  private static final String INSTALL =
      "run bin/install-prerequisites, or install your system's PostgreSQL server package";

  /** Directories whose sub-directories are PostgreSQL installations, each with a {@code bin}. */
  private static final List<String> INSTALLATIONS =
      List.of(
          "/usr/lib/postgresql",
          "/usr/lib64/postgresql",
          "/usr",
          "/usr/local",
          "/opt/homebrew/opt",
          "/usr/local/opt",
          "/Library/PostgreSQL",
          "/Applications/Postgres.app/Contents/Versions");

  /**
   * The newest installed; failing that, the newest on the class path.
   *
   * @throws BackupException {@code TOOL} if there are none
   */
  static Binaries newest() {
    return installed()
        .max(Comparator.comparing(Binaries::version))
        .or(EmbeddedBinaries::newest)
        .orElseThrow(
            () -> missing("no 'initdb' and 'postgres' in PATH or the usual places", INSTALL));
  }

  /**
   * Those of one major version: installed ones before those on the class path, as they have the
   * client tools and the additional modules with them.
   *
   * @throws BackupException {@code TOOL} if there are none
   */
  static Binaries ofMajor(int major) {
    return installed()
        .filter(each -> each.version().major() == major)
        .findFirst()
        .or(() -> EmbeddedBinaries.ofMajor(major))
        .orElseThrow(
            () ->
                missing(
                    "PostgreSQL " + major + " is neither installed nor on the class path",
                    "add a test dependency on "
                        + EmbeddedBinaries.ARTIFACT
                        + ":"
                        + major
                        + ".x.y"));
  }

  /** Those in {@code directory}. */
  static Optional<Binaries> in(Path directory) {
    Path postgres = directory.resolve("postgres");
    if (!Files.isExecutable(postgres) || !Files.isExecutable(directory.resolve("initdb"))) {
      return Optional.empty();
    }
    try {
      // A link such as /usr/local/bin/postgres would hide the programs beside the real one.
      Path real = postgres.toRealPath();
      Commands.Outcome told = Commands.run(List.of(real.toString(), "--version"), Path.of("/"));
      return told.isGood()
          ? Optional.of(new Binaries(real.resolveSibling(""), ServerVersion.parse(told.output())))
          : Optional.empty();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The path of one of the programs. */
  String program(String name) {
    return directory.resolve(name).toString();
  }

  private static Stream<Binaries> installed() {
    List<Path> places = new ArrayList<>();
    String path = System.getenv().getOrDefault("PATH", "");
    Stream.of(path.split(":")).filter(each -> !each.isEmpty()).map(Path::of).forEach(places::add);
    INSTALLATIONS.forEach(parent -> places.addAll(below(Path.of(parent))));
    return places.stream().distinct().flatMap(place -> in(place).stream());
  }

  private static List<Path> below(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.map(child -> child.resolve("bin")).filter(Files::isDirectory).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static BackupException missing(String why, String hint) {
    return new BackupException(
        ErrorKind.TOOL, "unable to start a PostgreSQL server for tests", why, hint);
  }
}
