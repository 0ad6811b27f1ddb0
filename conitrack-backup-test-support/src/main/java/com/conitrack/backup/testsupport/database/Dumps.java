package com.conitrack.backup.testsupport.database;

import com.conitrack.backup.core.dump.RestoreFilter;
import com.conitrack.backup.core.dump.RestoreFilter.Brackets;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseRestorer.DumpBody;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.port.RestoreOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Plain dumps as texts, for checks. */
final class Dumps {
  /** How every plain dump of pg_dump ends; versions with {@code \restrict} add a line after it. */
  static final String TRAILER = "-- PostgreSQL database dump complete";

  static final Duration TIMEOUT = Duration.ofMinutes(5);

  private Dumps() {}

  static String of(Database database) {
    return of(database, DumpRequest.WHOLE);
  }

  static String of(Database database, DumpRequest request) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    database.dumper().dump(request, sink);
    return sink.toString(StandardCharsets.UTF_8);
  }

  static void restore(Database database, String dump) {
    database.restorer().restore(body(dump), TIMEOUT);
  }

  static void restoreInParts(Database database, String dump) {
    byte[] bytes = restorable(dump, Brackets.KEPT).getBytes(StandardCharsets.UTF_8);
    database.restorer().restore(sink -> sink.write(bytes), RestoreOptions.inParts(TIMEOUT));
  }

  static DumpBody body(String dump) {
    byte[] bytes = restorable(dump).getBytes(StandardCharsets.UTF_8);
    return sink -> sink.write(bytes);
  }

  /** The dump as a restorer takes it: without psql's commands and transaction control. */
  static String restorable(String dump) {
    return restorable(dump, Brackets.LEFT_OUT);
  }

  static String restorable(String dump, Brackets brackets) {
    byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try {
      RestoreFilter filter = new RestoreFilter(kept, brackets);
      filter.accept(bytes, 0, bytes.length);
      filter.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Without the {@code \restrict} lines, whose token is random. */
  static String withoutCommands(String dump) {
    return dump.lines()
        .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The lines from each COPY to its end: what a dump says of rows, and nothing else. */
  static List<String> rows(String dump) {
    boolean[] copying = new boolean[1];
    return dump.lines()
        .filter(
            line -> {
              boolean begins = line.startsWith("COPY ") && line.endsWith(" FROM stdin;");
              boolean within = copying[0] || begins;
              copying[0] = within && !line.equals("\\.");
              return within;
            })
        .toList();
  }
}
