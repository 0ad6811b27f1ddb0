package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates the server's refusals. Reasons are documented in <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">HTTP status and error codes
 * for JSON</a>; that of an object under hold is answered with the reason of a lacking permission,
 * so its words count too.
 */
final class Refusals {
  private static final Pattern PERMISSION =
      Pattern.compile("\\b(?:storage|serviceusage)\\.[a-z]+\\.[a-zA-Z]+\\b");
  private static final Pattern ACCOUNT = Pattern.compile("[\\w.-]+@[\\w.-]+");
  private static final Set<String> THROTTLED =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded");
  private static final Set<String> NOT_BILLED =
      Set.of("accountDisabled", "billingNotEnabled", "UserProjectAccountProblem");

  private final Place place;

  Refusals(Place place) {
    this.place = place;
  }

  StorageException translate(String what, Answer answer, @Nullable Throwable cause) {
    if (answer.isPassing() || THROTTLED.contains(answer.reason())) {
      return busy(what, answer, cause);
    }
    return switch (answer.code()) {
      case 400 -> badRequest(what, answer, cause);
      case 401 -> notAuthenticated(what, answer, cause);
      case 403 -> forbidden(what, answer, cause);
      case 404, 410 -> notFound(what, answer, cause);
      default ->
          new StorageException(ErrorKind.IO, what, answer.message() + status(answer), null, cause);
    };
  }

  private static StorageException busy(String what, Answer answer, @Nullable Throwable cause) {
    boolean throttled = answer.code() == 429 || THROTTLED.contains(answer.reason());
    String hint =
        throttled
            ? "try again later, run fewer things at once against the bucket, or have the quota"
                + " raised"
            : "try again later; https://status.cloud.google.com tells of outages";
    String why =
        (throttled ? "the server wants fewer requests: " : "the server cannot answer now: ")
            + answer.message()
            + status(answer);
    return new StorageException(ErrorKind.CONNECTION, what, why, hint, cause);
  }

  private StorageException badRequest(String what, Answer answer, @Nullable Throwable cause) {
    if (answer.says("bject retention is not enabled")) {
      return new StorageException(
          ErrorKind.CONFIGURATION,
          what,
          answer.message(),
          "object retention can only be enabled when a bucket is made: gcloud storage buckets"
              + " create --enable-per-object-retention; or leave retention out",
          cause);
    }
    if (answer.reason().startsWith("userProject") || answer.says("requester pays")) {
      return new StorageException(
          ErrorKind.CONFIGURATION,
          what,
          answer.message(),
          "name the project that pays for requests to bucket '" + place.bucket() + "'",
          cause);
    }
    ErrorKind kind = answer.says("doesn't match calculated") ? ErrorKind.DAMAGED : ErrorKind.IO;
    String hint = kind == ErrorKind.DAMAGED ? "repeat the backup" : null;
    return new StorageException(kind, what, answer.message() + status(answer), hint, cause);
  }

  private static StorageException notAuthenticated(
      String what, Answer answer, @Nullable Throwable cause) {
    boolean anonymous = answer.reason().equals("required") || answer.says("Anonymous caller");
    return new StorageException(
        ErrorKind.AUTHENTICATION,
        what,
        answer.message() + status(answer),
        anonymous
            ? "no credentials were sent: configure a service account's key file"
            : "the credentials were not accepted: check that the key is neither deleted nor"
                + " disabled, and make a new one if it is",
        cause);
  }

  private StorageException forbidden(String what, Answer answer, @Nullable Throwable cause) {
    if (isHeld(answer)) {
      return immutable(
          what,
          answer,
          "release the hold if the object may go: gcloud storage objects update --no-temporary-hold"
              + " --no-event-based-hold, followed by its URL",
          cause);
    }
    if (isRetained(answer)) {
      return immutable(
          what, answer, "wait until then: the bucket or the object is set to be kept", cause);
    }
    if (NOT_BILLED.contains(answer.reason()) || answer.says("billing account")) {
      return new StorageException(
          ErrorKind.PERMISSION,
          what,
          answer.message(),
          "link a billing account to the project that owns the bucket or pays for requests",
          cause);
    }
    if (answer.reason().equals("accessNotConfigured")) {
      return new StorageException(
          ErrorKind.PERMISSION,
          what,
          answer.message(),
          "enable the Cloud Storage API: gcloud services enable storage.googleapis.com",
          cause);
    }
    return new StorageException(
        ErrorKind.PERMISSION, what, answer.message() + status(answer), grant(answer), cause);
  }

  private static boolean isRetained(Answer answer) {
    return answer.reason().equals("retentionPolicyNotMet")
        || answer.says("is subject to bucket's retention policy");
  }

  private static boolean isHeld(Answer answer) {
    return answer.reason().equals("objectUnderActiveHold")
        || answer.says("is under active") && answer.says("hold");
  }

  private static StorageException immutable(
      String what, Answer answer, String hint, @Nullable Throwable cause) {
    return new StorageException(ErrorKind.IMMUTABLE, what, answer.message(), hint, cause);
  }

  private StorageException notFound(String what, Answer answer, @Nullable Throwable cause) {
    if (answer.says("o such object")) {
      return new StorageException(
          ErrorKind.NOT_FOUND,
          what,
          "it was deleted or replaced meanwhile",
          "list the storage to see what is there",
          cause);
    }
    return new StorageException(
        ErrorKind.NOT_FOUND,
        what,
        "bucket '" + place.bucket() + "' does not exist: " + answer.message(),
        "check its name, or make it: gcloud storage buckets create gs://" + place.bucket(),
        cause);
  }

  /** How to give what is lacking. */
  private String grant(Answer answer) {
    Matcher permission = PERMISSION.matcher(answer.message());
    if (!permission.find()) {
      return "let the account read and write objects in bucket '"
          + place.bucket()
          + "': roles/storage.objectUser";
    }
    String name = permission.group();
    return "grant "
        + name
        + ", which "
        + roleWith(name)
        + " holds: gcloud storage buckets add-iam-policy-binding gs://"
        + place.bucket()
        + " --role="
        + roleWith(name)
        + " --member="
        + member(answer);
  }

  private static String roleWith(String permission) {
    return switch (permission) {
      case "storage.objects.setRetention" -> "roles/storage.objectAdmin";
      case "storage.buckets.get" -> "roles/storage.legacyBucketReader";
      case "serviceusage.services.use" -> "roles/serviceusage.serviceUsageConsumer";
      default -> "roles/storage.objectUser";
    };
  }

  private static String member(Answer answer) {
    Matcher account = ACCOUNT.matcher(answer.message());
    if (!account.find()) {
      return "serviceAccount:ACCOUNT";
    }
    String name = account.group();
    return (name.endsWith("gserviceaccount.com") ? "serviceAccount:" : "user:") + name;
  }

  private static String status(Answer answer) {
    return " (" + answer.code() + (answer.reason().isEmpty() ? "" : " " + answer.reason()) + ")";
  }
}
