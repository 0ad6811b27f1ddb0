package com.conitrack.backup.core.memory;

import static com.conitrack.backup.core.memory.SqlNames.quoted;

import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a plain dump as pg_dump lays it out, such that psql can load it, too. */
final class MemoryDumpWriter {
  private static final String HEADER =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version %s
      -- Dumped by %s version %s

      SET statement_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);

      """;
  private static final String TRAILER =
      """
      --
      -- PostgreSQL database dump complete
      --

      """;

  private final OutputStream sink;

  MemoryDumpWriter(OutputStream sink) {
    this.sink = sink;
  }

  void write(MemoryContents contents, MemoryScope scope) throws IOException {
    String version = InMemoryDatabase.VERSION.text();
    text(HEADER.formatted(version, InMemoryDatabase.TOOL, version));
    for (String schema : scope.schemas(contents)) {
      text("CREATE SCHEMA " + quoted(schema) + ";\n\n");
    }
    for (TableName name : scope.tables(contents)) {
      createTable(name, contents.tables().get(name));
    }
    for (SequenceValue sequence : scope.sequences(contents)) {
      title("Name: ", sequence.name(), "SEQUENCE");
      text("CREATE SEQUENCE " + quoted(sequence.name()) + ";\n\n");
    }
    for (TableName name : scope.tablesWithData(contents)) {
      copy(name, contents.tables().get(name));
    }
    for (SequenceValue sequence : scope.sequences(contents)) {
      setSequence(sequence);
    }
    text(TRAILER);
  }

  private void createTable(TableName name, @Nullable MemoryTable table) throws IOException {
    if (table != null) {
      title("Name: ", name, "TABLE");
      String columns =
          table.columns().stream()
              .map(column -> "\n    " + quoted(column) + " text")
              .collect(Collectors.joining(","));
      text("CREATE TABLE " + quoted(name) + " (" + columns + "\n);\n\n");
    }
  }

  private void copy(TableName name, @Nullable MemoryTable table) throws IOException {
    if (table != null) {
      title("Data for Name: ", name, "TABLE DATA");
      text("COPY " + quoted(name) + " (" + quoted(table.columns()) + ") FROM stdin;\n");
      for (List<@Nullable String> row : table.rows()) {
        text(CopyText.line(row) + "\n");
      }
      text("\\.\n\n\n");
    }
  }

  private void setSequence(SequenceValue sequence) throws IOException {
    title("Name: ", sequence.name(), "SEQUENCE SET");
    String name = quoted(sequence.name()).replace("'", "''");
    text(
        "SELECT pg_catalog.setval('%s', %d, %b);\n\n\n"
            .formatted(name, sequence.value(), sequence.called()));
  }

  private void title(String start, TableName name, String type) throws IOException {
    // As pg_dump does, lest a line break in a name end the comment.
    String safe = name.name().replaceAll("[\r\n]", " ");
    String schema = name.schema().replaceAll("[\r\n]", " ");
    text(
        "--\n-- %s%s; Type: %s; Schema: %s; Owner: -\n--\n\n".formatted(start, safe, type, schema));
  }

  private void text(String text) throws IOException {
    sink.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
