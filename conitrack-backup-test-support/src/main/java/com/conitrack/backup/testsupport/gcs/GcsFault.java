package com.conitrack.backup.testsupport.gcs;

/** What befalls one request. */
public sealed interface GcsFault {
  /** It is refused and nothing is done. */
  record Refuse(int code, String reason, String message) implements GcsFault {}

  /** Nothing is done, and the connection ends without an answer. */
  record Drop() implements GcsFault {}

  /** It is done, and the connection ends without an answer. */
  record LoseAnswer() implements GcsFault {}

  /**
   * Of the bytes of an object only the first are sent, then the connection ends.
   *
   * @param bytes how many are sent
   */
  record CutBody(int bytes) implements GcsFault {}

  /** The upload is done, and one bit of what is kept differs. */
  record Corrupt() implements GcsFault {}

  /** An answer with that status, as from an overloaded server. */
  static GcsFault status(int code) {
    return new Refuse(code, code == 429 ? "rateLimitExceeded" : "backendError", "Backend Error");
  }

  static GcsFault refuse(int code, String reason, String message) {
    return new Refuse(code, reason, message);
  }

  static GcsFault drop() {
    return new Drop();
  }

  static GcsFault loseAnswer() {
    return new LoseAnswer();
  }

  static GcsFault cutBody(int bytes) {
    return new CutBody(bytes);
  }

  static GcsFault corrupt() {
    return new Corrupt();
  }
}
