package com.conitrack.backup.pg;

import static java.util.stream.Collectors.joining;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Finds the client tools that fit a server: those of its own major version, else the nearest newer.
 * A tool older than the server is never used: pg_dump refuses, and psql may not understand.
 */
final class ClientTools {
  private static final String DEBIAN_WRAPPER = "pg_wrapper";
  private static final String EXE =
      System.getProperty("os.name", "").startsWith("Windows") ? ".exe" : "";

  private final Supplier<ToolPlaces> places;

  /** Versions by executable, as asking takes a process each; renewed when the file changes. */
  private final Map<Stamp, ServerVersion> versions = new ConcurrentHashMap<>();

  private record Stamp(Path executable, long modified, long size) {}

  /**
   * A tool that fits.
   *
   * @param name such as {@code pg_dump}
   * @param executable its file
   * @param version its version
   * @param remarks that it is newer than the server, if so
   */
  record Tool(String name, Path executable, ServerVersion version, List<String> remarks) {}

  /**
   * @param places where to look, asked each time: tools may be installed meanwhile
   */
  ClientTools(Supplier<ToolPlaces> places) {
    this.places = places;
  }

  /**
   * @throws DatabaseException kind {@code TOOL}, with what was found and how to mend it
   */
  Tool choose(String name, ServerVersion server) {
    List<Tool> found = find(name);
    return found.stream()
        .filter(tool -> tool.version().major() >= server.major())
        .min(
            Comparator.comparing(Tool::version)
                .thenComparing(ClientTools::minor, Comparator.reverseOrder()))
        .map(tool -> withRemark(tool, server))
        .orElseThrow(() -> noneFits(name, server, found));
  }

  private List<Tool> find(String name) {
    List<Tool> found = new ArrayList<>();
    for (Path place : places.get().directories()) {
      Path executable = place.resolve(name + EXE);
      if (isUsable(executable)) {
        version(executable).ifPresent(v -> found.add(new Tool(name, executable, v, List.of())));
      }
    }
    return found;
  }

  /** Debian's wrapper picks a version by its own rules; the real tools are found beside it. */
  private static boolean isUsable(Path executable) {
    try {
      return Files.isExecutable(executable) && !executable.toRealPath().endsWith(DEBIAN_WRAPPER);
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<ServerVersion> version(Path executable) {
    try {
      Stamp stamp =
          new Stamp(
              executable, Files.getLastModifiedTime(executable).toMillis(), Files.size(executable));
      Optional<ServerVersion> known = Optional.ofNullable(versions.get(stamp));
      Optional<ServerVersion> version = known.or(() -> ToolVersion.ask(executable));
      version.ifPresent(v -> versions.put(stamp, v));
      return version;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int minor(Tool tool) {
    String text = tool.version().text();
    String digits = text.substring(text.indexOf('.') + 1).replaceAll("\\D.*", "");
    return digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
  }

  private static Tool withRemark(Tool tool, ServerVersion server) {
    if (tool.version().major() == server.major()) {
      return tool;
    }
    String remark =
        tool.name()
            + " "
            + tool.version()
            + " was used on a server "
            + server
            + ": there is none of the server's own version here";
    return new Tool(tool.name(), tool.executable(), tool.version(), List.of(remark));
  }

  private DatabaseException noneFits(String name, ServerVersion server, List<Tool> found) {
    String seen =
        found.stream()
            .map(tool -> tool.version() + " in " + tool.executable().getParent())
            .collect(joining(", "));
    String where = places.get().directories().stream().map(Path::toString).collect(joining(", "));
    return new DatabaseException(
        ErrorKind.TOOL,
        "unable to find a " + name + " for a PostgreSQL " + server + " server",
        seen.isEmpty() ? "none was found in " + where : "those found are too old: " + seen,
        InstallHint.forMajor(server.major()));
  }
}
