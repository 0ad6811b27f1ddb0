package com.conitrack.backup.storage.gcs;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.json.gson.GsonFactory;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's refusal, as in <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">HTTP status and error codes
 * for JSON</a>. The client's exceptions for uploads hold it as text among others.
 *
 * @param code HTTP status
 * @param reason the error's {@code reason}, empty if it gave none
 * @param message the server's words, on one line
 */
record Answer(int code, String reason, String message) {

  /** What the server said, if this failure came of an answer at all. */
  static Optional<Answer> in(Throwable failure) {
    Optional<StorageException> known =
        Causes.find(failure, StorageException.class).filter(e -> e.getCode() >= 400);
    Optional<HttpResponseException> response = Causes.find(failure, HttpResponseException.class);
    Optional<Answer> parsed = response.flatMap(Answer::parsed);
    if (parsed.isPresent() || known.isEmpty()) {
      return parsed.or(() -> response.map(r -> new Answer(r.getStatusCode(), "", status(r))));
    }
    return known.map(
        e ->
            new Answer(
                e.getCode(), Objects.toString(e.getReason(), ""), firstLine(e.getMessage())));
  }

  /** Whether the same request may well succeed later. */
  boolean isPassing() {
    return code == 408 || code == 429 || code >= 500;
  }

  boolean says(String text) {
    return message.contains(text);
  }

  private static Optional<Answer> parsed(HttpResponseException e) {
    GoogleJsonError error = error(e.getContent());
    if (error == null) {
      return Optional.empty();
    }
    boolean hasReason = error.getErrors() != null && !error.getErrors().isEmpty();
    String reason = hasReason ? error.getErrors().get(0).getReason() : null;
    return Optional.of(
        new Answer(e.getStatusCode(), Objects.toString(reason, ""), firstLine(error.getMessage())));
  }

  private static @Nullable GoogleJsonError error(@Nullable String content) {
    if (content == null || !content.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      return GsonFactory.getDefaultInstance()
          .createJsonParser(content)
          .parse(GoogleJsonErrorContainer.class)
          .getError();
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String status(HttpResponseException e) {
    String text = e.getContent() == null ? "" : firstLine(e.getContent().strip());
    return text.isEmpty() || text.startsWith("<")
        ? "status " + e.getStatusCode()
        : text.substring(0, Math.min(200, text.length()));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no reason given" : text.lines().findFirst().orElse("no reason given");
  }
}
