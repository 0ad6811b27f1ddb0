package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** The Docker engine that Testcontainers finds. */
final class DockerEngine {
  private static final long PULL_MINUTES = 10;
  private static final int WHY_LIMIT = 300;

  private DockerEngine() {}

  /**
   * Sees to it that containers of an image can be started.
   *
   * @throws BackupException {@code TOOL} if there is no engine or it cannot get the image
   */
  static void provide(DockerImageName image) {
    String name = ImageNameSubstitutor.instance().apply(image).asCanonicalNameString();
    DockerClient client = plainClient();
    try (client) {
      if (!has(client, name)) {
        pull(client, name);
      }
    } catch (IOException | RuntimeException e) {
      throw failure("unable to get the image '" + name + "'", e, "docker pull " + name);
    }
    checkTestcontainers();
  }

  /** The innermost reason of what Testcontainers or its client threw, in a failure of ours. */
  static BackupException failure(String what, Throwable cause, String hint) {
    Throwable reason = cause;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    String why = String.valueOf(reason.getMessage()).strip();
    // Some quote all that the engine knows of a container.
    return new BackupException(
        ErrorKind.TOOL, what, why.substring(0, Math.min(why.length(), WHY_LIMIT)), hint, cause);
  }

  /**
   * A client that starts no container to clean up with: Testcontainers' own first gets the image of
   * that, and asks a registry that cannot be reached for two minutes.
   */
  private static DockerClient plainClient() {
    try {
      return DockerClientProviderStrategy.getClientForConfig(
          DockerClientFactory.instance().getTransportConfig());
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  private static boolean has(DockerClient client, String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static void pull(DockerClient client, String image) throws IOException {
    try (PullImageResultCallback pull = new PullImageResultCallback()) {
      client.pullImageCmd(image).exec(pull);
      if (!pull.awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("not pulled within " + PULL_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void checkTestcontainers() {
    try {
      DockerClientFactory.instance().client();
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  private static BackupException unusable(RuntimeException cause) {
    return failure(
        "unable to use a Docker engine for PostgreSQL servers",
        cause,
        "start it, 'sudo systemctl start docker' or Docker Desktop, until 'docker info' answers this"
            + " user; or use this machine's programs, -D"
            + ServerSource.PROPERTY
            + "=local");
  }
}
