package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads dumps that lie in a directory, as pg_dump's directory format does. */
@FunctionalInterface
public interface DirectoryReader {

  /**
   * The plain SQL of such a dump. Reading throws an {@link IOException} when the dump is damaged or
   * files of it are missing.
   *
   * @param directory holds {@code toc.dat} and the files it names, and nothing that belongs to
   *     others; it must stay until the stream is closed
   * @return to be closed by the caller
   * @throws DatabaseException kind {@code TOOL} if there is no tool that can read it
   */
  InputStream read(Path directory) throws IOException;
}
