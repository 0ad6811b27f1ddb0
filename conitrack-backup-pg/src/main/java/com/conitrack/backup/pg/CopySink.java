package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.TableTransaction.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends rows to the server, a {@code COPY} for each table. */
final class CopySink implements RowSink, AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Connection connection;
  private final Targets targets;
  private @Nullable CopyIn open;

  CopySink(Connection connection, Targets targets) {
    this.connection = connection;
    this.targets = targets;
  }

  /** Where rows of a table go. */
  @FunctionalInterface
  interface Targets {
    /** The name, ready for a statement; null if that table's rows are not wanted. */
    @Nullable String of(TableName table);
  }

  @Override
  public OutputStream rows(TableName table, List<String> columns, @Nullable String encoding)
      throws IOException {
    finish();
    String target = targets.of(table);
    if (target == null) {
      throw new IllegalArgumentException("no rows of " + table + " are wanted");
    }
    String sql =
        "COPY "
            + target
            + list(columns)
            + " FROM STDIN"
            + (encoding == null ? "" : " WITH (ENCODING " + Sql.literal(encoding) + ")");
    try {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      open = copy;
      return new Rows(copy);
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  private static String list(List<String> columns) {
    return columns.isEmpty()
        ? ""
        : columns.stream().map(Sql::identifier).collect(Collectors.joining(", ", " (", ")"));
  }

  /** Requires that all that was begun is ended. */
  void finish() {
    CopyIn copy = open;
    if (copy != null && copy.isActive()) {
      throw new IllegalStateException("the rows of a table were not ended");
    }
    open = null;
  }

  /** Gives up what is not ended. */
  @Override
  public void close() {
    CopyIn copy = open;
    if (copy != null && copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        // The server has ended it by itself, or is gone.
      }
    }
  }

  /** What a failure of a load means. */
  static DatabaseException translate(String what, Exception failure) {
    if (failure instanceof Refused refused) {
      return SqlErrors.translate(what, refused.why);
    }
    if (failure instanceof DatabaseException own) {
      return own;
    }
    ErrorKind kind = failure instanceof BackupException known ? known.kind() : ErrorKind.IO;
    return new DatabaseException(
        kind,
        what,
        "the dump could not be read whole: " + failure.getMessage(),
        "nothing was changed",
        failure);
  }

  /** The server would not have it. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final SQLException why;

    Refused(SQLException why) {
      super(why);
      this.why = why;
    }
  }

  private static final class Rows extends OutputStream {
    private final CopyIn copy;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;

    Rows(CopyIn copy) {
      this.copy = copy;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > buffer.length - filled) {
        send(buffer, 0, filled);
        filled = 0;
      }
      if (length > buffer.length) {
        send(bytes, offset, length);
      } else {
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
      }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
      try {
        copy.writeToCopy(bytes, offset, length);
      } catch (SQLException e) {
        throw new Refused(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (copy.isActive()) {
        send(buffer, 0, filled);
        try {
          copy.endCopy();
        } catch (SQLException e) {
          throw new Refused(e);
        }
      }
    }
  }
}
