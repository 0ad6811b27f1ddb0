package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientToolsTest {
  private static final ServerVersion SERVER_16 = ServerVersion.parse("16.4");

  @TempDir Path directory;

  private ClientTools toolsOf(String... versions) throws IOException {
    List<Path> places = new ArrayList<>();
    for (String version : versions) {
      places.add(install(version, version));
    }
    return new ClientTools(() -> new ToolPlaces(places));
  }

  /** A directory with a program that answers as the real one of that version does. */
  private Path install(String place, String version) throws IOException {
    Path bin = Files.createDirectories(directory.resolve(place).resolve("bin"));
    Path tool = bin.resolve("pg_dump");
    Files.writeString(
        tool,
        "#!/bin/sh\necho 'pg_dump (PostgreSQL) " + version + " (Debian " + version + "-1)'\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    return bin;
  }

  @Test
  void prefersTheServersOwnMajorAndOfThatTheNewest() throws IOException {
    ClientTools.Tool tool =
        toolsOf("15.9", "17.2", "16.2", "16.10", "18.0").choose("pg_dump", SERVER_16);

    assertThat(tool.version().text()).isEqualTo("16.10");
    assertThat(tool.remarks()).isEmpty();
  }

  @Test
  void failingThatTheNearestNewerWithARemark() throws IOException {
    ClientTools.Tool tool = toolsOf("15.9", "18.0", "17.2").choose("pg_dump", SERVER_16);

    assertThat(tool.version().text()).isEqualTo("17.2");
    assertThat(tool.remarks()).singleElement().asString().contains("17.2", "server 16.4");
  }

  @Test
  void neverAnOlderOne() throws IOException {
    ClientTools tools = toolsOf("15.9", "14.1");

    DatabaseException error =
        catchThrowableOfType(DatabaseException.class, () -> tools.choose("pg_dump", SERVER_16));

    assertThat(error.kind()).isEqualTo(ErrorKind.TOOL);
    assertThat(error.why()).contains("15.9 in ", "14.1 in ");
    assertThat(error.hint()).contains("16", "tools directory");
  }

  @Test
  void whatIsNoToolOfPostgresIsPassedOver() throws IOException {
    Path broken = install("broken", "16.4").resolve("pg_dump");
    Files.writeString(broken, "#!/bin/sh\nexit 1\n");
    Path foreign = install("foreign", "16.4").resolve("pg_dump");
    Files.writeString(foreign, "#!/bin/sh\necho 'pg_dump (EnterpriseThing) 16.4'\n");
    Path good = install("good", "16.4");

    ClientTools tools =
        new ClientTools(
            () -> new ToolPlaces(List.of(broken.getParent(), foreign.getParent(), good)));

    assertThat(tools.choose("pg_dump", SERVER_16).executable()).startsWith(good);
  }

  @Test
  void debiansWrapperIsPassedOver() throws IOException {
    Path wrapper = install("wrapper", "16.9").resolve("pg_wrapper");
    Files.move(wrapper.resolveSibling("pg_dump"), wrapper);
    Files.createSymbolicLink(wrapper.resolveSibling("pg_dump"), wrapper);
    Path real = install("real", "16.4");

    ClientTools tools = new ClientTools(() -> new ToolPlaces(List.of(wrapper.getParent(), real)));

    assertThat(tools.choose("pg_dump", SERVER_16).executable()).startsWith(real);
  }

  @Test
  void anUpgradeMeanwhileIsNoticed() throws IOException {
    ClientTools tools = toolsOf("16.4");
    assertThat(tools.choose("pg_dump", SERVER_16).version().text()).isEqualTo("16.4");

    Path upgraded = install("16.4", "16.5").resolve("pg_dump");
    Files.setLastModifiedTime(upgraded, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));

    assertThat(tools.choose("pg_dump", SERVER_16).version().text()).isEqualTo("16.5");
  }

  @Test
  void placesOfPathAreLookedThroughAndOddOnesPassedOver() throws IOException {
    Path bin = install("x", "16.4");

    assertThat(ToolPlaces.usual("::/no/such/place:" + bin + ":\0").directories())
        .contains(bin)
        .allMatch(Files::isDirectory);
  }
}
