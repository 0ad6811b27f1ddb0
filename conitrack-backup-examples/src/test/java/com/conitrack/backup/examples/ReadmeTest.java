package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README shows is what is compiled and run here, and what it links to exists. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("src");

  @ParameterizedTest
  @CsvSource({
    "main/java/com/conitrack/backup/examples/QuickStart.java, embed",
    "main/java/com/conitrack/backup/examples/InGoogleCloudStorage.java, gcs",
    "main/java/com/conitrack/backup/examples/ObjectStores.java, r2",
    "main/java/com/conitrack/backup/examples/ObjectStores.java, s3-lock",
    "test/java/com/conitrack/backup/examples/EmbedderTest.java, test"
  })
  void snippetsAreCompiled(String source, String name) throws IOException {
    String snippet = snippet(Files.readAllLines(SOURCES.resolve(source)), name);

    assertThat(Files.readString(ROOT.resolve("README.md")))
        .as("README.md must hold, as a java block:%n%s", snippet)
        .contains("```java\n" + snippet + "\n```");
  }

  private static String snippet(List<String> lines, String name) {
    int from = indexOf(lines, "// README: " + name, 0) + 1;
    int to = indexOf(lines, "// README: end", from);
    return lines.subList(from, to).stream()
        .collect(Collectors.joining("\n"))
        .stripTrailing()
        .stripIndent();
  }

  private static int indexOf(List<String> lines, String marker, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(marker)) {
        return i;
      }
    }
    throw new AssertionError("no line '" + marker + "'");
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    Matcher links =
        Pattern.compile("\\]\\((?!https?:)([^)#]+)")
            .matcher(Files.readString(ROOT.resolve("README.md")));

    assertThat(links.results().map(link -> link.group(1)).toList())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }
}
