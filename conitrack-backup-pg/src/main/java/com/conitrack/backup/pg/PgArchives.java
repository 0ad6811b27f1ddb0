package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.DirectoryReader;
import com.conitrack.backup.core.port.StreamCodec;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads archives of pg_dump's by {@code pg_restore -f -}, which connects to no database. The tool
 * is that of the major version of the pg_dump that made the archive, failing that the nearest newer
 * one; an older one is refused. Immutable and safe for use by many threads.
 *
 * <p>What a newer tool writes at the head and the older one did not is left out, so that the SQL
 * restores on the archive's own server, and is the same wherever it is read: {@code SET
 * transaction_timeout}, of pg_restore 17. The token of {@code \restrict} is fixed where the tool
 * permits that.
 */
public final class PgArchives {
  private final ArchiveTool tool;

  private PgArchives(Supplier<ToolPlaces> places, Duration timeout) {
    tool = new ArchiveTool(new ClientTools(places), timeout);
  }

  /** With the tools in the usual places of the platform and in {@code PATH}. */
  public static PgArchives usual() {
    return new PgArchives(
        () -> ToolPlaces.usual(System.getenv().getOrDefault("PATH", "")), Duration.ofDays(1));
  }

  /** With the tools of one directory only. */
  public static PgArchives withToolsIn(Path directory) {
    return new PgArchives(() -> new ToolPlaces(List.of(directory)), Duration.ofDays(1));
  }

  /** The codec {@code pg-custom}: pg_dump's custom format, read as it comes. */
  public StreamCodec custom() {
    return new CustomCodec(tool);
  }

  /** Reads pg_dump's directory format. */
  public DirectoryReader directories() {
    return directory -> {
      ArchiveHeader header;
      try (InputStream toc =
          new BufferedInputStream(Files.newInputStream(directory.resolve("toc.dat")))) {
        header = ArchiveHeader.read(toc);
      }
      return tool.start(header, List.of("--format=directory", directory.toString()), null);
    };
  }
}
