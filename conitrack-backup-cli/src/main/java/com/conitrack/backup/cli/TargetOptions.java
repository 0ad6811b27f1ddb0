package com.conitrack.backup.cli;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.setup.SecretFile;
import com.conitrack.backup.pg.PostgresConnection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database is restored into. */
final class TargetOptions {
  /** The variable that may hold its password. */
  static final String PASSWORD_VARIABLE = "CONITRACK_BACKUP_TARGET_PASSWORD";

  @Option(
      names = "--target",
      required = true,
      paramLabel = "URL|NAME",
      description =
          "The database: a URL (jdbc:postgresql://… or postgresql://…), or the name of another "
              + "database on the configured server.")
  String target = "";

  @Option(
      names = "--target-user",
      paramLabel = "NAME",
      description = "The user, if the URL names none.")
  @Nullable String user;

  @Option(
      names = "--target-password-file",
      paramLabel = "FILE",
      description =
          "A file with the password alone. Otherwise $$CONITRACK_BACKUP_TARGET_PASSWORD, else the "
              + "configured one where server and user are the same, else ~/.pgpass.")
  @Nullable Path passwordFile;

  private String option = "--target";

  /** The same for another option, which says where instead of {@code --target}. */
  static TargetOptions of(
      String option, String place, @Nullable String user, @Nullable Path passwordFile) {
    TargetOptions options = new TargetOptions();
    options.option = option;
    options.target = place;
    options.user = user;
    options.passwordFile = passwordFile;
    return options;
  }

  PostgresConnection connection(Session session) {
    PostgresConnection configured = session.config().database().connection();
    PostgresConnection place = place(session, configured);
    PostgresConnection chosen = user == null ? place : place.withUser(user);
    if (passwordFile != null) {
      return chosen.withPassword(SecretFile.at(session.shell().directory().resolve(passwordFile)));
    }
    String variable = session.shell().variables().get(PASSWORD_VARIABLE);
    if (variable != null) {
      return chosen.withPassword(variable);
    }
    return chosen.hasPassword() || !isSame(chosen, configured)
        ? chosen
        : configured.withDatabase(chosen.database());
  }

  private PostgresConnection place(Session session, PostgresConnection configured) {
    if (!target.contains(":")) {
      return configured.withDatabase(target);
    }
    try {
      PostgresConnection given = PostgresConnection.of(target);
      if (given.hasPassword()) {
        session
            .output()
            .note(
                "the password in "
                    + option
                    + " can be seen by everyone who may list processes; use "
                    + option
                    + "-password-file");
      }
      return given;
    } catch (BackupException e) {
      throw new UsageException(
          "unable to use the URL given with " + option,
          e.why(),
          "write postgresql://user@host:5432/database");
    }
  }

  private static boolean isSame(PostgresConnection chosen, PostgresConnection configured) {
    return chosen.host().equals(configured.host())
        && chosen.port() == configured.port()
        && chosen.user().equals(configured.user());
  }
}
