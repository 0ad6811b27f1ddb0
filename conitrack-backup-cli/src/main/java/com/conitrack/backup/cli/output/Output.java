package com.conitrack.backup.cli.output;

import com.conitrack.backup.core.model.BackupException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Results go to standard output, everything else to standard error. With JSON there is one document
 * on standard output and nothing else. Belongs to one thread.
 */
public final class Output {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Shell shell;
  private final boolean json;
  private final boolean quiet;
  private final boolean verbose;

  public Output(Shell shell, boolean json, boolean quiet, boolean verbose) {
    this.shell = shell;
    this.json = json;
    this.quiet = quiet;
    this.verbose = verbose;
  }

  /** Whether results are for programs. */
  public boolean isJson() {
    return json;
  }

  /** Shows the command's result. */
  public void show(View view) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      view.fill(document);
      shell.out().println(text(document));
      shell.out().flush();
    } else {
      print(view::print);
    }
  }

  /** Writes a part of the result, for people; not with JSON. */
  public void print(Consumer<Page> part) {
    part.accept(new Page(shell.out(), new Style(shell.colours())));
    shell.out().flush();
  }

  /** Something a person may want to know; left out with --quiet. */
  public void note(String text) {
    if (!quiet) {
      page().wrapped("", "  ", text);
    }
  }

  /** Shows why a command failed: what, why, and what to do. */
  public void fail(BackupException failure) {
    fail(failure.kind().name(), failure.what(), failure.why(), failure.hint(), failure);
  }

  /** The same for failures that have no exception of ours. */
  public void fail(
      String kind, String what, String why, @Nullable String hint, @Nullable Throwable cause) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      fillError(document, kind, what, why, hint);
      shell.out().println(text(document));
      shell.out().flush();
    }
    failForPeople(what, why, hint, cause);
  }

  /**
   * Shows a failure that has a result of its own: programs get that, people the reason.
   *
   * @param state how things stand after it, for people
   */
  public void fail(View result, BackupException failure, String state) {
    if (json) {
      show(result);
    }
    failForPeople(failure.what(), failure.why(), failure.hint(), failure);
    page().lines("   now: ", state);
    shell.err().flush();
  }

  private void failForPeople(
      String what, String why, @Nullable String hint, @Nullable Throwable cause) {
    Page page = page();
    // Not wrapped, so that they can be searched for and clicked on.
    page.lines(page.style().bad("failed:") + " ", what);
    page.lines("   why: ", why);
    if (hint != null) {
      page.lines("  hint: ", hint);
    }
    if (verbose && cause != null) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      shell.err().print(trace);
    }
    shell.err().flush();
  }

  /** Writes a failure into a document for programs. */
  public static void fillError(
      ObjectNode document, String kind, String what, String why, @Nullable String hint) {
    document
        .putObject("error")
        .put("kind", kind)
        .put("what", what)
        .put("why", why)
        .put("hint", hint);
  }

  private Page page() {
    return new Page(shell.err(), new Style(shell.coloursOnErrors()));
  }

  private static String text(ObjectNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of nodes can always be written", e);
    }
  }
}
