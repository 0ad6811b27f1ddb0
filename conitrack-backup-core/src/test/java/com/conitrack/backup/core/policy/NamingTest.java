package com.conitrack.backup.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.conitrack.backup.core.model.Trigger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {
  private static final Instant AT = Instant.parse("2026-01-06T23:59:59.999Z");

  @Test
  void datesAreUtc() {
    assertThat(Naming.DEFAULT.name(Trigger.MANUAL, "db", AT, 1))
        .hasToString("backup_2026-01-06_23-59-59");
  }

  @Test
  void aTakenNameGetsANumber() {
    assertThat(Naming.DEFAULT.name(Trigger.MANUAL, "db", AT, 2))
        .hasToString("backup_2026-01-06_23-59-59_2");
    assertThat(Naming.DEFAULT.name(Trigger.MANUAL, "db", AT, 11))
        .hasToString("backup_2026-01-06_23-59-59_11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Naming.DEFAULT.name(Trigger.MANUAL, "db", AT, 0));
  }

  @Test
  void eachTriggerMayHaveItsPattern() {
    Naming naming = Naming.DEFAULT.with(Trigger.PRE_RESTORE, "safety/{trigger}/{database}-{date}");

    assertThat(naming.name(Trigger.PRE_RESTORE, "db", AT, 1))
        .hasToString("safety/pre-restore/db-2026-01-06");
    assertThat(naming.name(Trigger.SCHEDULED, "db", AT, 1))
        .hasToString("backup_2026-01-06_23-59-59");
  }

  @ParameterizedTest
  @CsvSource({
    "conitrack, conitrack",
    "Conitrack_Prod, conitrack-prod",
    "gestión de stock, gestion-de-stock",
    "../../etc/passwd, etc-passwd",
    "'{date}', date",
    "数据库, database",
    "-, database",
    "İstanbul, istanbul"
  })
  void aDatabaseNameIsReduced(String database, String expected) {
    assertThat(Naming.of("{database}").name(Trigger.MANUAL, database, AT, 1)).hasToString(expected);
  }
}
