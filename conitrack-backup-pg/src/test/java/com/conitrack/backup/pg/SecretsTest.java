package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"app.password=x1y", "app.API_KEY=x1y", "jwt.secret=a\nx1y", "my.token=x1y=x1y"})
  void masksSettingsWhoseNamesSoundLikeSecrets(String setting) {
    assertThat(Secrets.maskSetting(setting)).doesNotContain("x1y").endsWith("=***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"work_mem=5MB", "search_path=public, password", "app.name=the secret"})
  void leavesOthersAlone(String setting) {
    assertThat(Secrets.maskSetting(setting)).isEqualTo(setting);
  }

  @Test
  void masksThemInGlobalsOverSeveralLinesAndDropsPsqlsGuard() {
    String globals =
        """
        \\restrict Abc123
        CREATE ROLE "key keeper";
        ALTER ROLE ana SET "app.secret" TO 'x1y''
        x1y'' x1y';
        ALTER ROLE "o'token" SET search_path TO 'a', 'b';
        ALTER ROLE ana SET work_mem TO '5MB';
        \\unrestrict Abc123
        """;

    assertThat(Secrets.maskGlobals(globals))
        .isEqualTo(
            """
            CREATE ROLE "key keeper";
            ALTER ROLE ana SET "app.secret" TO '***';
            ALTER ROLE "o'token" SET search_path TO 'a', 'b';
            ALTER ROLE ana SET work_mem TO '5MB';
            """);
  }
}
