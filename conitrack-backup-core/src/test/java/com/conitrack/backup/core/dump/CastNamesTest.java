package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CastNamesTest {
  private static String leftOut(String statement) {
    ByteBuffer bytes = ByteBuffer.wrap(statement.getBytes(StandardCharsets.UTF_8));
    return StandardCharsets.UTF_8.decode(CastNames.leftOut(bytes)).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NULL::integer| AS int4",
        "NULL::bigint[]| AS int8",
        "'a''b'::text| AS text",
        "E'a\\'::text AS text'::public.citext| AS citext",
        "'x'::character varying(10)| AS \"varchar\"",
        "(a + 1)::numeric(10,2)| AS \"numeric\"",
        "NULL::timestamp(3) with time zone| AS timestamptz",
        "NULL::timestamp without time zone| AS \"timestamp\"",
        "NULL::qa.\"Lote ñ\"| AS \"Lote ñ\"",
      })
  void aNameFromTheCastAloneIsLeftOut(String column) {
    String[] parts = column.split("\\|");
    String before = "CREATE VIEW qa.v AS\n SELECT a.x\nUNION\n SELECT " + parts[0];

    assertThat(leftOut(before + parts[1] + ",\n 1;")).isEqualTo(before + ",\n 1;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT NULL::integer AS int8;",
        "CREATE VIEW v AS SELECT NULL::integer AS \"Int4\";",
        "CREATE VIEW v AS SELECT NULL::text AS text2;",
        "CREATE VIEW v AS SELECT 'x::text AS text' AS a, \"b::text AS text\";",
        "CREATE VIEW v AS SELECT 'cut::text AS text",
        "CREATE FUNCTION f() RETURNS text AS $$SELECT 'x'::text AS text$$;",
        "CREATE TABLE t (a text);",
      })
  void allElseStays(String statement) {
    assertThat(leftOut(statement)).isEqualTo(statement);
  }
}
