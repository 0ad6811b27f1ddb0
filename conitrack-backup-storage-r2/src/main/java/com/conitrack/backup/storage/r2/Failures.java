package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates what the SDK throws into this library's words; the only place that does. */
final class Failures {
  private final String storage;
  private final Answers answers;
  private final NetworkFailures network;

  Failures(String storage, String bucket, String place, Clock clock) {
    this.storage = storage;
    this.answers = new Answers(bucket, place, clock);
    this.network = new NetworkFailures(place);
  }

  /** What could not be done with one object. */
  String unableTo(String verb, String key) {
    return "unable to " + verb + " '" + key + "' in storage '" + storage + "'";
  }

  /** What could not be done with the whole storage. */
  String unableTo(String verb) {
    return "unable to " + verb + " storage '" + storage + "'";
  }

  /** Does it, and translates its failure. */
  <T> T call(String what, Action action, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw translate(what, action, e);
    }
  }

  StorageException translate(String what, Action action, SdkException e) {
    if (e instanceof AbortedException) {
      return new StorageException(ErrorKind.CANCELLED, what, "the thread was interrupted", null, e);
    }
    if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
      return new StorageException(
          ErrorKind.TIMEOUT,
          what,
          "the store gave no answer in time",
          "look at the network and the store; on a slow line, allow more time or smaller parts",
          e);
    }
    Reason reason =
        e instanceof AwsServiceException answer
            ? answers.reason(answer, action)
            : network.reason(e);
    return new StorageException(reason.kind(), what, reason.why(), reason.hint(), e);
  }

  StorageException keyTaken(String what, @Nullable Throwable cause) {
    return new StorageException(
        ErrorKind.ALREADY_EXISTS,
        what,
        "the key exists; what is there was not touched",
        "choose another key",
        cause);
  }

  StorageException noSuchObject(String what) {
    return new StorageException(
        ErrorKind.NOT_FOUND,
        what,
        "there is no such object",
        "list the storage to see what is there");
  }

  /** A commit whose answer was lost, and nothing tells whether it was done. */
  StorageException unanswered(String what, SdkException e) {
    return new StorageException(
        ErrorKind.CONNECTION,
        what,
        "the store did not say whether it was done (" + Reason.oneLine(e) + ")",
        "look whether the key exists before it is put again",
        e);
  }

  /** Other writers of the key kept coming in between. */
  StorageException conflict(String what, SdkException e) {
    return new StorageException(
        ErrorKind.IO,
        what,
        "the store reported conflicting writes of this key again and again",
        "let only one program write this key, and repeat the backup",
        e);
  }

  /** A delete that was refused because the object is to be kept. */
  StorageException kept(String what, String protection, SdkException e) {
    return new StorageException(
        ErrorKind.IMMUTABLE,
        what,
        "the object is protected by " + protection,
        "that is as the bucket was told to; delete it afterwards",
        e);
  }

  StorageException tooManyParts(String what, int parts, long partBytes) {
    return new StorageException(
        ErrorKind.CONFIGURATION,
        what,
        "it has more than %,d parts of %,d bytes, and a store takes no more parts"
            .formatted(parts, partBytes),
        "raise part-size (partBytes); 525 MiB is enough for the 5 TiB that a store takes at most");
  }

  /** The store sent the object from its start instead. */
  StorageException rangeIgnored(String what, long offset) {
    return new StorageException(
        ErrorKind.IO,
        what,
        "the store did not send it from byte %,d on".formatted(offset),
        "use a store, or a proxy before it, that honours the header Range");
  }

  StorageException interrupted(String what, InterruptedException e) {
    return new StorageException(ErrorKind.CANCELLED, what, "the thread was interrupted", null, e);
  }

  static Optional<String> code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(details -> details.errorCode());
  }
}
