package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers older and newer than the installed tools, which are those of the shared server. */
class ToolVersionsIT {
  private static final int OLDER = 14;
  private static final int NEWER = 17;

  @Test
  void anOlderServerIsServedByTheNearestNewerToolsWithARemark() {
    PostgresFixture server = PostgresFixture.sharedMajor(OLDER);
    String source = server.freshDatabase();
    server.execute(source, "CREATE TABLE t AS SELECT 1 AS id");
    PostgresDatabase database = Targets.database(server, source);

    DumpReport report = database.dumper().dump(DumpRequest.WHOLE, OutputStream.nullOutputStream());

    assertThat(report.version().major()).isGreaterThan(OLDER);
    assertThat(report.remarks()).singleElement().asString().contains("on a server 14");
    assertThat(database.inspector().requirements().remarks()).isEmpty();
    assertThat(database.inspector().userObjects()).containsExactly("table public.t");
    assertRestores(server, Targets.dumpText(database));
  }

  private static void assertRestores(PostgresFixture server, String dump) {
    PostgresDatabase target = Targets.database(server, server.freshDatabase());

    assertThat(
            target
                .restorer()
                .restore(sink -> sink.write(dump.getBytes(StandardCharsets.UTF_8)), Targets.LONG))
        .singleElement()
        .asString()
        .contains("on a server 14");
    assertThat(Targets.dumpText(target)).isEqualTo(dump);
  }

  @Test
  void aNewerServerIsInspectedButNotServedByOlderTools() {
    PostgresFixture server = PostgresFixture.sharedMajor(NEWER);
    PostgresDatabase database = toolsOfShared(server);

    BackupException error =
        Targets.failure(
            () -> database.dumper().dump(DumpRequest.WHOLE, OutputStream.nullOutputStream()));

    assertThat(error.kind()).isEqualTo(ErrorKind.TOOL);
    assertThat(error).hasMessageContaining("too old: " + PostgresFixture.shared().majorVersion());
    assertThat(error.hint()).contains("17");
    assertThat(database.inspector().inspect().version().major()).isEqualTo(NEWER);
    assertThat(database.inspector().userObjects()).isEmpty();
    assertThat(database.inspector().requirements().locale()).isNotNull();
    assertThat(database.inspector().requirements().remarks())
        .singleElement()
        .asString()
        .contains("definitions of roles");
  }

  @Test
  void aDirectoryWithoutToolsIsSaid(@TempDir Path empty) throws Exception {
    Files.writeString(empty.resolve("pg_dump"), "not executable");
    PostgresFixture server = PostgresFixture.shared();
    PostgresDatabase database =
        PostgresDatabase.builder(Targets.superuser(server, "postgres"))
            .toolsDirectory(empty)
            .build();

    BackupException error =
        Targets.failure(
            () -> database.dumper().dump(DumpRequest.WHOLE, OutputStream.nullOutputStream()));

    assertThat(error.kind()).isEqualTo(ErrorKind.TOOL);
    assertThat(error).hasMessageContaining("none was found in " + empty);
  }

  private static PostgresDatabase toolsOfShared(PostgresFixture server) {
    return PostgresDatabase.builder(Targets.superuser(server, "postgres"))
        .toolsDirectory(PostgresFixture.shared().binDirectory())
        .build();
  }
}
