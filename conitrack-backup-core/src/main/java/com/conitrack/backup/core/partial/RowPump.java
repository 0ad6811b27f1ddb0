package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.dump.DumpRows;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.TableTransaction.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Leads the rows of chosen tables out of a plain dump, as it is written here, into a sink. */
final class RowPump extends OutputStream {
  private final RowSink sink;
  private final DumpRows rows;
  private DumpRows.@Nullable Copied current;
  private @Nullable OutputStream open;

  RowPump(Predicate<TableName> wanted, RowSink sink) {
    this.sink = sink;
    this.rows = new DumpRows(wanted, this::row);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    rows.accept(bytes, offset, length);
  }

  private void row(DumpRows.Copied table, byte[] line, int length) throws IOException {
    OutputStream out = open;
    if (out == null || current != table) {
      finish();
      out = sink.rows(table.name(), table.columns(), table.encoding());
      open = out;
      current = table;
    }
    out.write(line, 0, length);
    out.write('\n');
  }

  /** Ends the table whose rows came last. */
  void finish() throws IOException {
    OutputStream out = open;
    open = null;
    if (out != null) {
      out.close();
    }
  }
}
