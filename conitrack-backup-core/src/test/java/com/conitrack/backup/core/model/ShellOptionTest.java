package com.conitrack.backup.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellOptionTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "stock,      --target stock",
        "my stock,   --target \"my stock\"",
        "it's,       --target \"it's\"",
        "-stock,     --target=-stock",
        "now!,       --target 'now!'",
      })
  void putsTheValueAsShellsTakeIt(String value, String text) {
    assertThat(ShellOption.of("--target", value)).isEqualTo(text);
  }

  /** History is expanded in what is typed at a prompt, before anything else and also in quotes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-a b",
        "$HOME `id` $(id)",
        "!! it's \\ \"q\"",
        "'",
        "-!",
        "*",
        "a;b&c|d",
        "%PATH%"
      })
  void isOneWordToAShellThatExpandsHistory(String value) throws IOException {
    Process shell = new ProcessBuilder("bash").redirectErrorStream(true).start();
    String typed = "set -o history -o histexpand\nprintf '%s\\n' " + ShellOption.of("-t", value);
    try (var input = shell.getOutputStream()) {
      input.write(typed.getBytes(StandardCharsets.UTF_8));
    }

    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(words)
        .isEqualTo(value.startsWith("-") ? "-t=" + value + "\n" : "-t\n" + value + "\n");
  }

  @Test
  void marksAnEmptyValue() {
    assertThat(ShellOption.of("--reason", "")).isEqualTo("--reason ''");
  }
}
