package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Shell;
import com.conitrack.backup.cli.output.Terminals;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * What one run of the command came to.
 *
 * @param exitCode how it ended
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Run(int exitCode, String out, String err) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The one document on standard output; fails if there is anything else. */
  JsonNode json() {
    try {
      return JSON.readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("standard output is not one JSON document:\n" + out, e);
    }
  }

  String all() {
    return out + err;
  }

  static From from(Path directory) {
    return new From(directory);
  }

  /** Surroundings to run in. */
  static final class From {
    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();
    private Terminals terminals = Terminals.NONE;
    private String input = "";

    private From(Path directory) {
      this.directory = directory;
    }

    From variable(String name, String value) {
      variables.put(name, value);
      return this;
    }

    From onTerminal(String typed) {
      terminals = new Terminals(true, true, true);
      input = typed;
      return this;
    }

    Run run(String... args) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Shell shell =
          new Shell(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              terminals,
              variables,
              directory,
              directory,
              Clock.systemUTC());
      int exitCode = new ConitrackCommand(shell).run(args);
      return new Run(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
