package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import java.io.OutputStream;

/** Dumps a database as plain SQL. Safe for use by many threads. */
public interface DatabaseDumper {

  /**
   * Writes a consistent dump into {@code sink} and returns only after the tool has ended well, so
   * that a tool that dies can never pass for the end of the dump. The sink is neither flushed nor
   * closed. When the sink throws, the tool is stopped and the exception is passed on, as cause of a
   * {@link DatabaseException} or itself.
   *
   * <p>Interrupting the calling thread stops the tool; so does {@link DumpRequest#timeout()}.
   *
   * @return what the tool was and said
   * @throws DatabaseException if the dump is not known to be complete. Kinds: {@code CONNECTION},
   *     {@code AUTHENTICATION}, {@code PERMISSION} (also: row-level security), {@code NOT_FOUND}
   *     (no such database, or a pattern that matches nothing), {@code TOOL}, {@code TIMEOUT},
   *     {@code CANCELLED}, {@code DATABASE}
   */
  DumpReport dump(DumpRequest request, OutputStream sink);

  /**
   * Which tool a dump would use now, without dumping; the options are empty.
   *
   * @throws DatabaseException kind {@code TOOL} if there is none that fits the server; also when
   *     the server's version cannot be asked
   */
  DumpReport tool();
}
