package com.conitrack.backup.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  @Test
  void everyKeyIsDocumented() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "configuration.md"));

    assertThat(ConfigKeys.all())
        .hasSizeGreaterThan(40)
        .allSatisfy(path -> assertThat(text).contains("`" + documented(path) + "`"));
  }

  /** The rules of retention are the same for every trigger and documented once. */
  private static String documented(String path) {
    return path.replaceFirst("^policy\\.retention\\.[a-z-]+\\.", "policy.retention.<trigger>.");
  }
}
