package com.conitrack.backup.exampleapp.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/demo-app} runs; the demonstration itself compares the dumps. */
@Timeout(600)
class GateDemoIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  @TempDir private Path directory;

  @Test
  void goesBackFromBadMigrationsWithTheCommandsThatArePrinted() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Site site = Site.create(SERVER, directory.resolve("site"));

    new GateDemo(new PrintStream(printed, true, StandardCharsets.UTF_8), GateDemo.commands())
        .run(site, false);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("(?s)(\\$ conitrack-backup restore run --backup .*){2}")
        .contains("/conitrack-backup serves");
    assertThat(stock()).isEqualByComparingTo("1909.0875");
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(InMemoryDatabase.named(Site.DATABASE))
            .storage(FileSystemStorage.at("filesystem", site.backups()))
            .build();
    assertThat(backups.catalogue().entries())
        .allMatch(CatalogueEntry::good)
        .extracting(entry -> entry.manifest().trigger())
        .containsExactlyInAnyOrder(
            Trigger.PRE_CHANGE,
            Trigger.PRE_CHANGE,
            Trigger.PRE_RESTORE,
            Trigger.PRE_CHANGE,
            Trigger.PRE_RESTORE);
    assertThat(backups.register().entries())
        .filteredOn(entry -> entry.event() == RegisterEvent.RESTORE)
        .filteredOn(entry -> entry.outcome().equals("PASSED"))
        .hasSize(2);
  }

  private static BigDecimal stock() throws SQLException {
    try (var connection = SERVER.connect(Site.DATABASE);
        var statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT sum(cantidad) FROM lotes")) {
      answer.next();
      return answer.getBigDecimal(1);
    }
  }
}
