package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where servers of a named major version come from. */
enum ServerSource {
  /** From a container where a Docker engine can give one, else from programs of this machine. */
  AUTO {
    @Override
    <T> T start(Supplier<T> inContainer, Supplier<T> local) {
      if (!Containers.arePossible()) {
        return local.get();
      }
      try {
        return inContainer.get();
      } catch (BackupException e) {
        LOG.warn(
            "PostgreSQL from this machine's programs, not from a container: {}", e.getMessage());
        return local.get();
      }
    }
  },

  /** From programs of this machine: installed ones, or those on the class path. */
  LOCAL {
    @Override
    <T> T start(Supplier<T> inContainer, Supplier<T> local) {
      return local.get();
    }
  },

  /** From a container, or not at all. */
  DOCKER {
    @Override
    <T> T start(Supplier<T> inContainer, Supplier<T> local) {
      return inContainer.get();
    }
  };

  /** The system property that chooses. */
  static final String PROPERTY = "conitrack.postgres-servers";

  /** The environment variable that chooses where the property is not set. */
  static final String VARIABLE = "CONITRACK_POSTGRES_SERVERS";

  private static final Logger LOG = LoggerFactory.getLogger(ServerSource.class);

  /**
   * Starts a server.
   *
   * @throws BackupException what the last of the two that was asked threw
   */
  abstract <T> T start(Supplier<T> inContainer, Supplier<T> local);

  /**
   * The one that the property or the variable names; {@link #AUTO} without either.
   *
   * @throws BackupException {@code CONFIGURATION} if it names none
   */
  static ServerSource chosen() {
    String variable = System.getenv().getOrDefault(VARIABLE, "");
    return named(System.getProperty(PROPERTY, variable));
  }

  /** The one of that name, in any case; {@link #AUTO} if it is blank. */
  static ServerSource named(String name) {
    if (name.isBlank()) {
      return AUTO;
    }
    return Arrays.stream(values())
        .filter(each -> each.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static BackupException unknown(String name) {
    List<String> names =
        Arrays.stream(values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    return new BackupException(
        ErrorKind.CONFIGURATION,
        "unable to choose where PostgreSQL servers for tests come from",
        "'" + name + "' is none of " + names,
        "set the property " + PROPERTY + " or the variable " + VARIABLE + " to one of them");
  }
}
