package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.Map;

/**
 * The way to the classes that need Testcontainers, which not everyone has: this one does not need
 * it, and nothing else but these classes themselves names them.
 */
final class Containers {
  private static final String A_CLASS_OF_IT = "org.testcontainers.DockerClientFactory";

  private Containers() {}

  /** Whether Testcontainers is on the class path. */
  static boolean arePossible() {
    try {
      Class.forName(A_CLASS_OF_IT, false, Containers.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * A server of one major version that will run in a container.
   *
   * @throws BackupException {@code TOOL} if Testcontainers, the Docker engine or the image is
   *     missing
   */
  static Server server(int major, Map<String, String> settings, String password) {
    if (!arePossible()) {
      throw new BackupException(
          ErrorKind.TOOL,
          "unable to start a PostgreSQL " + major + " server in a container",
          "Testcontainers is not on the class path",
          "add a test dependency on org.testcontainers:testcontainers");
    }
    return ContainerServer.ofMajor(major, settings, password);
  }
}
