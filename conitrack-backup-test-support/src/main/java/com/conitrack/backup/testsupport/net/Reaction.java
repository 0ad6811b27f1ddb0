package com.conitrack.backup.testsupport.net;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an {@link HttpFront} does with a request. */
public final class Reaction {
  private static final Reaction PASS = new Reaction(null, false, () -> {});

  private final byte @Nullable [] answer;
  private final boolean keepsAnswer;
  private final Runnable after;

  private Reaction(byte @Nullable [] answer, boolean keepsAnswer, Runnable after) {
    this.answer = answer;
    this.keepsAnswer = keepsAnswer;
    this.after = after;
  }

  /** Passes it and the answer on. */
  public static Reaction pass() {
    return PASS;
  }

  /** As {@link #pass()}, and does something when the answer has been passed on. */
  public static Reaction passThen(Runnable after) {
    return new Reaction(null, false, after);
  }

  /** Passes it on, lets the server do its work, and resets the connection instead of answering. */
  public static Reaction loseAnswer() {
    return new Reaction(null, true, () -> {});
  }

  /**
   * Answers in the server's place, with an error body as S3 has it.
   *
   * @param status such as 503
   * @param code such as {@code SlowDown}
   * @param headers further headers, such as {@code Date: …}
   */
  public static Reaction answer(int status, String code, String... headers) {
    String body = "<Error><Code>" + code + "</Code><Message>as the test wants it</Message></Error>";
    return answerWith(status, body, headers);
  }

  /**
   * Answers in the server's place.
   *
   * @param status such as 200
   * @param body XML
   * @param headers further headers
   */
  public static Reaction answerWith(int status, String body, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Type: application/xml\r\nConnection: close\r\n");
    head.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return new Reaction(head.toString().getBytes(StandardCharsets.ISO_8859_1), false, () -> {});
  }

  byte @Nullable [] answer() {
    return answer;
  }

  boolean keepsAnswer() {
    return keepsAnswer;
  }

  Runnable after() {
    return after;
  }
}
