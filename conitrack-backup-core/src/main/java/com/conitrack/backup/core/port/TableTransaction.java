package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that takes rows of tables. Nobody else sees anything of it before {@link #commit};
 * if it does not come to that, if this process dies or the connection is lost, nothing was changed.
 * Belongs to one thread.
 */
public interface TableTransaction extends AutoCloseable {

  /**
   * Takes rows, all that {@code source} writes or none: if it throws, what it wrote is taken back
   * and the transaction goes on. May be called again after that.
   *
   * @throws com.conitrack.backup.core.model.DatabaseException if the source threw, which is its
   *     cause then, or the server refused a row
   */
  void load(RowSource source);

  /** The transaction's number on the server, to ask later whether it was committed. */
  String id();

  /** Makes it final. */
  void commit();

  /** Ends it, and takes everything back that is not committed. Never throws. */
  @Override
  void close();

  /** Writes rows. */
  @FunctionalInterface
  interface RowSource {
    /**
     * Writes all rows and returns normally only if they are those that were meant.
     *
     * @throws IOException if they could not be read, or are not whole
     */
    void writeTo(RowSink sink) throws IOException;
  }

  /** Takes rows. */
  @FunctionalInterface
  interface RowSink {
    /**
     * Where the rows of a table go, in COPY's text format, each with its line end. To be closed
     * before the next table is begun.
     *
     * @param table the table as it is called in the backup
     * @param columns the columns in the order of the values
     * @param encoding the encoding of the bytes, null for the database's own
     */
    OutputStream rows(TableName table, List<String> columns, @Nullable String encoding)
        throws IOException;
  }
}
