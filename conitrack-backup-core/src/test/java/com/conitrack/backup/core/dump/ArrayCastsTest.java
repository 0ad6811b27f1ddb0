package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayCastsTest {
  private static String distributed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer result = ArrayCasts.distributed(bytes, bytes.length);
    return StandardCharsets.UTF_8.decode(result).toString();
  }

  @Test
  void castsOfArraysBecomeCastsOfTheirElements() {
    assertThat(
            distributed(
                "CHECK (((tipo)::text = ANY ((ARRAY['A,]'::character varying, 'it''s'::character varying])::text[])))"))
        .isEqualTo(
            "CHECK (((tipo)::text = ANY (ARRAY[('A,]'::character varying)::text, ('it''s'::character varying)::text])))");
  }

  @Test
  void theFormThatLastsStays() {
    String lasting = "ANY (ARRAY[('A'::character varying)::text, ('B'::character varying)::text])";

    assertThat(distributed(lasting)).isEqualTo(lasting);
  }

  @Test
  void everyCastOfAStatementIsDistributed() {
    assertThat(distributed("(ARRAY['a'])::text[] OR (ARRAY[E'\\'',\"x]\"])::public.citext[];"))
        .isEqualTo(
            "ARRAY[('a')::text] OR ARRAY[(E'\\'')::public.citext, (\"x]\")::public.citext];");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(ARRAY[",
        "(ARRAY['a'",
        "(ARRAY['a'])",
        "(ARRAY['a'])::text",
        "(ARRAY['a'])::te;xt[]",
        "(ARRAY['a",
        "(ARRAY[('a'])::text[]"
      })
  void whatIsNoCastOfAnArrayStays(String text) {
    assertThat(distributed(text)).isEqualTo(text);
  }
}
