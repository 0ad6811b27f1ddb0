package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.model.StorageException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The one request that makes an object visible, and only if its name is free. Its answer can be
 * lost, and then a repeated request finds the name taken, by us: so whatever the answer is but
 * success, the object there is looked at, and is ours if it has our token.
 */
final class Publication {
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final String GONE = "NoSuchUpload";

  /** Codes of refusals that can mean that the key is taken; R2 tells of its lock first. */
  private static final Set<String> TAKEN =
      Set.of("PreconditionFailed", "ObjectLockedByBucketPolicy");

  private final Bucket bucket;
  private final Failures failures;
  private final boolean conditional;
  private final String name;
  private final Description description;
  private final String what;
  private final Action action;

  Publication(
      Bucket bucket,
      Failures failures,
      boolean conditional,
      String name,
      Description description,
      String what) {
    this.bucket = bucket;
    this.failures = failures;
    this.conditional = conditional;
    this.name = name;
    this.description = description;
    this.what = what;
    this.action = description.lock().isPresent() ? Action.LOCK : Action.PUT;
  }

  /** Whether the request must carry the condition. */
  boolean conditional() {
    return conditional;
  }

  /** Sends the request, and returns when the object is known to be ours. */
  void send(Runnable request) {
    refuseTaken();
    SdkException last = null;
    for (int i = 0; i < TRIES; i++) {
      pause(i);
      try {
        request.run();
        return;
      } catch (SdkException e) {
        if (isOurs(e)) {
          return;
        }
        last = e;
      }
    }
    throw failures.conflict(what, Objects.requireNonNull(last));
  }

  /** Without conditional writes, all that can be done is to look right before. */
  private void refuseTaken() {
    if (!conditional) {
      Optional<HeadObjectResponse> found =
          failures.call(what, Action.LOOK, () -> bucket.head(name));
      if (found.isPresent()) {
        throw failures.keyTaken(what, null);
      }
    }
  }

  /**
   * Finds out what became of a request that failed.
   *
   * @return true if it was done; false if it is to be sent again
   * @throws StorageException if it was not done, or nobody knows
   */
  private boolean isOurs(SdkException e) {
    if (isRefused(e)) {
      throw failures.translate(what, action, e);
    }
    Optional<HeadObjectResponse> found = look(e);
    if (found.isPresent()) {
      if (description.isOf(found.get())) {
        return true;
      }
      throw failures.keyTaken(what, e);
    }
    if (!isConflict(e)) {
      throw isUnanswered(e) ? failures.unanswered(what, e) : failures.translate(what, action, e);
    }
    return false;
  }

  /** Looks even if this thread was interrupted: it is the last chance to know. */
  private Optional<HeadObjectResponse> look(SdkException lost) {
    boolean interrupted = Thread.interrupted();
    try {
      return bucket.head(name);
    } catch (SdkException e) {
      lost.addSuppressed(e);
      throw failures.unanswered(what, lost);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The store has said no, for a reason that has nothing to do with the key. */
  private static boolean isRefused(SdkException e) {
    return e instanceof AwsServiceException answer
        && !isUnanswered(e)
        && !isConflict(e)
        && !isGone(answer);
  }

  /** Repeated after it was done, the finishing of an upload finds no upload any more. */
  private static boolean isGone(AwsServiceException answer) {
    return Failures.code(answer).filter(GONE::equals).isPresent();
  }

  private static boolean isUnanswered(SdkException e) {
    return !(e instanceof AwsServiceException answer)
        || answer.statusCode() >= SERVER_ERROR && answer.statusCode() != NOT_IMPLEMENTED;
  }

  /** The key was taken, or contested; if nothing is there, whoever had it has left. */
  private static boolean isConflict(SdkException e) {
    return e instanceof AwsServiceException answer
        && (answer.statusCode() == PRECONDITION_FAILED
            || answer.statusCode() == CONFLICT
            || Failures.code(answer).filter(TAKEN::contains).isPresent());
  }

  private void pause(int round) {
    if (round == 0) {
      return;
    }
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << round);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.translate(what, action, AbortedException.create("interrupted", e));
    }
  }
}
