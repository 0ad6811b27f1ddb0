package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Translates what the client reports. */
final class Failures {
  /** Whoever has the address of an upload session may write to it, without other credentials. */
  private static final String SESSION = "upload_id=";

  private final String storage;
  private final Place place;
  private final Refusals refusals;
  private final CredentialFailures credentials;

  Failures(String storage, Place place) {
    this.storage = storage;
    this.place = place;
    this.refusals = new Refusals(place);
    this.credentials = new CredentialFailures();
  }

  /** What could not be done with one object. */
  String unableTo(String verb, String key) {
    return "unable to " + verb + " '" + key + "' in storage '" + storage + "'";
  }

  /** What could not be done with the whole storage. */
  String unableTo(String verb) {
    return "unable to " + verb + " storage '" + storage + "'";
  }

  StorageException keyTaken(String what) {
    return new StorageException(
        ErrorKind.ALREADY_EXISTS,
        what,
        "the key exists; what is there was not touched",
        "choose another key");
  }

  StorageException noSuchObject(String what) {
    return new StorageException(
        ErrorKind.NOT_FOUND,
        what,
        "there is no such object below '" + place + "'",
        "list the storage to see what is there");
  }

  /** The object is there and is not what was written. */
  StorageException arrivedDamaged(String what, String difference, String fate) {
    return new StorageException(
        ErrorKind.DAMAGED,
        what,
        difference + "; " + fate,
        "repeat the backup; if it happens again, look at the network between here and Google");
  }

  /** The commit was not answered, and looking at the key does not tell either. */
  StorageException uncertain(String what, Throwable e) {
    return new StorageException(
        ErrorKind.CONNECTION,
        what,
        "the server did not confirm it: " + of(what, e).why(),
        "look whether the object is there; if it is not, repeat the backup",
        withoutSecrets(e));
  }

  /** Translates any failure of a call. */
  StorageException of(String what, Throwable e) {
    if (Causes.any(e, InterruptedException.class, ClosedByInterruptException.class)) {
      Thread.currentThread().interrupt();
      return new StorageException(
          ErrorKind.CANCELLED, what, "the thread was interrupted", null, withoutSecrets(e));
    }
    return credentials
        .translate(what, e)
        .or(() -> answered(what, e))
        .orElseGet(() -> unanswered(what, e));
  }

  private Optional<StorageException> answered(String what, Throwable e) {
    return Answer.in(e).map(answer -> refusals.translate(what, answer, withoutSecrets(e)));
  }

  private static StorageException unanswered(String what, Throwable e) {
    String hint = "check this computer's network, proxy and firewall, and the endpoint";
    if (Causes.any(e, UnknownHostException.class)) {
      return lost(what, "the server's name is not known: " + rootOf(e), hint + "; is DNS up?", e);
    }
    if (Causes.any(e, ConnectException.class, NoRouteToHostException.class)) {
      return lost(what, "the server cannot be reached: " + rootOf(e), hint, e);
    }
    if (Causes.any(e, SSLException.class)) {
      return lost(
          what,
          "no secure connection could be made: " + rootOf(e),
          "check this computer's clock, its certificates and any proxy that inspects TLS",
          e);
    }
    if (Causes.any(e, SocketTimeoutException.class)) {
      return lost(what, "the server gave no answer in time: " + rootOf(e), hint, e);
    }
    return lost(what, "the connection failed: " + rootOf(e), hint + "; then try again", e);
  }

  private static StorageException lost(String what, String why, String hint, Throwable e) {
    return new StorageException(ErrorKind.CONNECTION, what, why, hint, withoutSecrets(e));
  }

  /** The innermost failure's words, on one line. */
  private static String rootOf(Throwable e) {
    Throwable root = Causes.of(e).reduce((outer, inner) -> inner).orElse(e);
    String text = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    return text.contains(SESSION)
        ? root.getClass().getSimpleName()
        : text.lines().findFirst().orElse("");
  }

  /** The failure as a cause that may be logged, or null if its text holds a session's address. */
  static @Nullable Throwable withoutSecrets(Throwable e) {
    boolean tells = Causes.of(e).anyMatch(f -> String.valueOf(f.getMessage()).contains(SESSION));
    return tells ? null : e;
  }
}
