package com.conitrack.backup.testsupport.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the servers' jars lie. */
final class Servers {
  private Servers() {}

  static Path directory(String server) {
    Path all = Path.of(System.getProperty("conitrack.s3-servers", "target/s3-servers"));
    Path directory = all.resolve(server).toAbsolutePath();
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "unable to start "
              + server
              + ": its jars are not in '"
              + directory
              + "'; hint: run 'mvn generate-test-resources' in this module, whose pom must have the"
              + " execution s3-servers of the dependency plugin, or set -Dconitrack.s3-servers");
    }
    return directory;
  }

  static Path onlyFileIn(String server) {
    Path directory = directory(server);
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      if (all.size() != 1) {
        throw new IllegalStateException("one file was expected in '" + directory + "', not " + all);
      }
      return all.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException("unable to list '" + directory + "'", e);
    }
  }
}
