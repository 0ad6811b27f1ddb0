package com.conitrack.backup.pg;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where installations of the client tools are looked for.
 *
 * @param directories existing directories, in the order of preference
 */
record ToolPlaces(List<Path> directories) {
  /** A directory, a pattern for its children, and what follows. */
  private record Pattern(String parent, String children, String rest) {}

  private static final List<Pattern> USUAL =
      List.of(
          new Pattern("/usr/lib/postgresql", "*", "bin"),
          new Pattern("/usr", "pgsql-*", "bin"),
          new Pattern("/usr/local", "pgsql", "bin"),
          new Pattern("/opt/homebrew/opt", "{postgresql@*,libpq}", "bin"),
          new Pattern("/usr/local/opt", "{postgresql@*,libpq}", "bin"),
          new Pattern("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
          new Pattern("C:\\Program Files\\PostgreSQL", "*", "bin"));

  ToolPlaces {
    directories = List.copyOf(directories);
  }

  /** The usual directories of the platforms, then those of {@code PATH}. */
  static ToolPlaces usual(String path) {
    Set<Path> places = new LinkedHashSet<>();
    USUAL.forEach(pattern -> places.addAll(expand(pattern)));
    for (String entry : path.split(File.pathSeparator)) {
      addExisting(places, entry);
    }
    return new ToolPlaces(new ArrayList<>(places));
  }

  private static List<Path> expand(Pattern pattern) {
    List<Path> found = new ArrayList<>();
    try {
      Path parent = Path.of(pattern.parent());
      if (Files.isDirectory(parent)) {
        try (DirectoryStream<Path> children =
            Files.newDirectoryStream(parent, pattern.children())) {
          children.forEach(child -> addExisting(found, child.resolve(pattern.rest()).toString()));
        }
      }
    } catch (InvalidPathException | IOException | DirectoryIteratorException e) {
      // No such place on this platform, or not for us to see.
    }
    return found;
  }

  private static void addExisting(Collection<Path> places, String directory) {
    try {
      if (!directory.isEmpty() && Files.isDirectory(Path.of(directory))) {
        places.add(Path.of(directory));
      }
    } catch (InvalidPathException | UncheckedIOException e) {
      // An entry of PATH that is no path names no place.
    }
  }
}
