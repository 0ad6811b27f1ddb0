package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README and docs/embedding.md show is what is compiled here, and their links lead on. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("src");

  @ParameterizedTest
  @CsvSource({
    "README.md, main/java/com/conitrack/backup/examples/QuickStart.java, embed",
    "README.md, main/java/com/conitrack/backup/examples/InGoogleCloudStorage.java, gcs",
    "README.md, main/java/com/conitrack/backup/examples/ObjectStores.java, r2",
    "README.md, main/java/com/conitrack/backup/examples/ObjectStores.java, s3-lock",
    "README.md, test/java/com/conitrack/backup/examples/EmbedderTest.java, test",
    "docs/embedding.md, main/java/com/conitrack/backup/examples/BeforeFlyway.java, plain",
    "docs/embedding.md, test/java/com/conitrack/backup/examples/QuarkusBackups.java, quarkus",
    "docs/embedding.md, test/java/com/conitrack/backup/examples/MicronautBackups.java, micronaut"
  })
  void snippetsAreCompiled(String page, String source, String name) throws IOException {
    String snippet = snippet(Files.readAllLines(SOURCES.resolve(source)), name);

    assertThat(Files.readString(ROOT.resolve(page)))
        .as("%s must hold, as a java block:%n%s", page, snippet)
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

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/embedding.md"})
  void linksLeadSomewhere(String page) throws IOException {
    Path file = ROOT.resolve(page);
    Matcher links = Pattern.compile("\\]\\((?!https?:)([^)#]+)").matcher(Files.readString(file));

    assertThat(links.results().map(link -> link.group(1)).toList())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
  }
}
