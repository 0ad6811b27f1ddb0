package com.conitrack.backup.core.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupTablesTest {
  private static final BackupId BACKUP = new BackupId("backup_1");

  private static final String DUMP =
      """
      SET client_encoding = 'UTF8';
      CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $_$ SELECT 'CREATE TABLE public.false (a int);' $_$;
      CREATE TABLE public."Lote; ""x\""" (
          id integer NOT NULL,
          "check" character varying(20) DEFAULT 'a, b)'::character varying COLLATE pg_catalog."C",
          peso numeric(10,2) CONSTRAINT nn NOT NULL,
          cuando timestamp(3) with time zone DEFAULT now(),
          doble numeric GENERATED ALWAYS AS ((peso * (2)::numeric)) STORED,
          CONSTRAINT "c, (d)" CHECK ((peso > (0)::numeric))
      );
      CREATE TABLE public.medida (
          dia date NOT NULL
      )
      PARTITION BY RANGE (date_trunc('month'::text, (dia)::timestamp with time zone));
      CREATE TABLE public.medida_1 (
          dia date NOT NULL
      );
      CREATE TABLE public.hija (
          y integer
      )
      INHERITS (public.base, public.medida_1);
      ALTER TABLE ONLY public.medida ATTACH PARTITION public.medida_1 FOR VALUES FROM ('2025-01-01') TO (MAXVALUE);
      COPY public."Lote; ""x\""" (peso, id, "check", cuando) FROM stdin;
      1\t2\tCREATE TABLE public.falsa (a int);\t\\N
      \\.
      COPY public.medida_1 (dia) FROM stdin;
      \\.
      ALTER TABLE ONLY public."Lote; ""x\"""
          ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES otro.padre(id) ON DELETE CASCADE;
      CREATE UNIQUE INDEX i ON ONLY public.medida USING btree (dia) WHERE (dia > '2025-01-01'::date);
      """;

  private final BackupTables tables = read(DUMP);

  private static BackupTables read(String dump) {
    BackupTables tables = new BackupTables();
    try (OutputStream out = tables.reading()) {
      for (byte each : dump.getBytes(StandardCharsets.UTF_8)) {
        out.write(each);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return tables;
  }

  private BackupTable table(String name) {
    return tables.table(new TableName("public", name)).orElseThrow();
  }

  @Test
  void readsOnlyWhatTheDumpDefines() {
    assertThat(tables.names())
        .extracting(TableName::name)
        .containsExactly("Lote; \"x\"", "medida", "medida_1", "hija");
  }

  @Test
  void readsColumnsInTheOrderOfTheRows() {
    BackupTable lote = table("Lote; \"x\"");

    assertThat(lote.columns())
        .extracting(BackupColumn::definition)
        .containsExactly(
            "\"peso\" numeric(10,2) NOT NULL",
            "\"id\" integer NOT NULL",
            "\"check\" character varying(20)",
            "\"cuando\" timestamp(3) with time zone",
            "\"doble\" numeric GENERATED ALWAYS AS ((peso * (2)::numeric)) STORED");
    assertThat(lote.rowColumns()).containsExactly("peso", "id", "check", "cuando");
  }

  @Test
  void readsWhatBelongsToWhat() {
    assertThat(table("medida").partitionKey())
        .isEqualTo("RANGE (date_trunc('month'::text, (dia)::timestamp with time zone))");
    assertThat(table("hija").columns()).extracting(BackupColumn::name).containsExactly("dia", "y");
    assertThat(tables.withParts(List.of(new TableName("public", "medida"))))
        .extracting(TableName::name)
        .containsExactly("medida", "medida_1", "hija");
  }

  @Test
  void givesTablesOtherNamesAndLeavesTheirTiesToOthersOut() {
    SideDesign design = new SideDesign("s", List.of(table("Lote; \"x\""), table("medida")));

    assertThat(design.further())
        .containsExactly(
            "ALTER TABLE \"s\".\"Lote; \"\"x\"\"\" ADD CONSTRAINT \"c, (d)\" CHECK ((peso > (0)::numeric))",
            "CREATE UNIQUE INDEX i ON ONLY \"s\".\"medida\" USING btree (dia) WHERE (dia > '2025-01-01'::date)");
    assertThat(design.leftBehind()).containsExactly("what ties them to otro.padre is left out");
  }

  @Test
  void refusesTablesWhoseRowsTheBackupDoesNotHold() {
    assertThatThrownBy(() -> Selection.of(BACKUP, tables, List.of("hija")))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("holds no rows of public.hija");
    assertThatThrownBy(() -> Selection.of(BACKUP, tables, List.of("Medida")))
        .hasMessageContaining("no table 'Medida'");
    assertThat(Selection.of(BACKUP, tables, List.of("public.\"Lote; \"\"x\"\"\""))).hasSize(1);
  }
}
