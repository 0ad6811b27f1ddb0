package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.port.DumpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Dumps a database in memory. */
final class MemoryDumper implements DatabaseDumper {
  private final String name;
  private final Supplier<MemoryContents> contents;
  private final Supplier<Optional<DumpFault>> faults;

  MemoryDumper(
      String name, Supplier<MemoryContents> contents, Supplier<Optional<DumpFault>> faults) {
    this.name = name;
    this.contents = contents;
    this.faults = faults;
  }

  @Override
  public DumpReport dump(DumpRequest request, OutputStream sink) {
    String what = "unable to dump database '" + name + "'";
    refuseIfInterrupted(what);
    MemoryContents all = contents.get();
    MemoryScope scope = new MemoryScope(request.scope());
    scope.requireMatches(all, name);
    Optional<DumpFault> fault = faults.get();
    try {
      OutputStream target = fault.map(each -> each.within(sink)).orElse(sink);
      new MemoryDumpWriter(target).write(all, scope);
    } catch (IOException e) {
      throw new DatabaseException(
          ErrorKind.IO, what, "the dump could not be written: " + e.getMessage(), null, e);
    }
    if (fault.isPresent()) {
      throw fault.get().failure();
    }
    return tool();
  }

  @Override
  public DumpReport tool() {
    return new DumpReport(InMemoryDatabase.TOOL, InMemoryDatabase.VERSION, List.of(), List.of());
  }

  static void refuseIfInterrupted(String what) {
    if (Thread.currentThread().isInterrupted()) {
      throw new DatabaseException(ErrorKind.CANCELLED, what, "the thread was interrupted", null);
    }
  }
}
