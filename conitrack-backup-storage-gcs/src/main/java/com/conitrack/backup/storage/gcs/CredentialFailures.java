package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;

/** Translates failures to find credentials, or to get a token for them. */
final class CredentialFailures {
  private static final String NEW_KEY =
      "check the service account and make a new key for it: gcloud iam service-accounts keys create";

  /** Empty if the failure is not about credentials. */
  Optional<StorageException> translate(String what, Throwable e) {
    if (Causes.any(e, UnusableCredentialsException.class)) {
      return Optional.of(unusable(what, e));
    }
    boolean askedForToken =
        Causes.any(e, Retryable.class) || says(e, "metadata server") || says(e, "access token");
    if (!askedForToken) {
      return Optional.empty();
    }
    Optional<HttpResponseException> refusal = Causes.find(e, HttpResponseException.class);
    if (refusal.isEmpty() && !says(e, "metadata") && isNetwork(e)) {
      return Optional.of(unreachable(what, e));
    }
    return Optional.of(refused(what, e, refusal));
  }

  private static StorageException unusable(String what, Throwable e) {
    if (Causes.any(e, NoSuchFileException.class)) {
      return new StorageException(
          ErrorKind.CONFIGURATION,
          what,
          "the credentials file '" + lastWords(e) + "' does not exist",
          "write the path of the service account's key file",
          e);
    }
    if (Causes.any(e, AccessDeniedException.class)) {
      return new StorageException(
          ErrorKind.CONFIGURATION,
          what,
          "the credentials file '" + lastWords(e) + "' may not be read",
          "let user '" + System.getProperty("user.name") + "' read it",
          e);
    }
    if (says(e, "default credentials were not found")) {
      return new StorageException(
          ErrorKind.AUTHENTICATION,
          what,
          "no credentials were found: neither a key file is configured, nor does"
              + " GOOGLE_APPLICATION_CREDENTIALS name one, nor has gcloud logged in, nor is this a"
              + " machine of Google's with a service account",
          "configure a service account's key file, or run: gcloud auth application-default login",
          e);
    }
    // What a parser says of the file may quote it.
    return new StorageException(
        ErrorKind.AUTHENTICATION,
        what,
        "the credentials cannot be used: the file is none that Google made, or is damaged",
        NEW_KEY);
  }

  private static StorageException unreachable(String what, Throwable e) {
    return new StorageException(
        ErrorKind.CONNECTION,
        what,
        "no token could be asked for: the server for them cannot be reached: " + lastWords(e),
        "check this computer's network, proxy and firewall towards oauth2.googleapis.com",
        e);
  }

  private static StorageException refused(
      String what, Throwable e, Optional<HttpResponseException> refusal) {
    String content = refusal.map(HttpResponseException::getContent).orElse("");
    String said = Objects.requireNonNullElse(content, "");
    if (said.contains("reasonable timeframe") || said.contains("short-lived token")) {
      return new StorageException(
          ErrorKind.AUTHENTICATION,
          what,
          "no token was given: this computer's clock differs from Google's",
          "set the clock: timedatectl set-ntp true",
          e);
    }
    if (says(e, "metadata")) {
      return new StorageException(
          ErrorKind.AUTHENTICATION,
          what,
          "this machine's metadata server gives no token: it has no service account, or is none of"
              + " Google's",
          "attach a service account to the machine, or configure a key file",
          e);
    }
    if (refusal.filter(r -> r.getStatusCode() == 429 || r.getStatusCode() >= 500).isPresent()) {
      return new StorageException(
          ErrorKind.CONNECTION,
          what,
          "the server for tokens cannot answer now (" + refusal.get().getStatusCode() + ")",
          "try again later",
          e);
    }
    return new StorageException(
        ErrorKind.AUTHENTICATION,
        what,
        "no token was given: " + oneLine(said.isEmpty() ? lastWords(e) : said),
        NEW_KEY,
        e);
  }

  private static boolean isNetwork(Throwable e) {
    return Causes.any(
        e,
        UnknownHostException.class,
        ConnectException.class,
        SocketException.class,
        SocketTimeoutException.class);
  }

  private static boolean says(Throwable e, String text) {
    return Causes.of(e).anyMatch(f -> f.getMessage() != null && f.getMessage().contains(text));
  }

  private static String lastWords(Throwable e) {
    Throwable root = Causes.of(e).reduce((outer, inner) -> inner).orElse(e);
    return oneLine(Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName()));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
