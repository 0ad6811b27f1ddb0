package com.conitrack.backup.storage.gcs;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where credentials come from; asked when they are first needed. */
@FunctionalInterface
interface CredentialsSource {
  Credentials load() throws IOException;

  /** What the environment offers: a variable, gcloud's login, the machine's service account. */
  static CredentialsSource applicationDefault() {
    return GoogleCredentials::getApplicationDefault;
  }

  static CredentialsSource file(Path file) {
    return () -> {
      try (InputStream stream = Files.newInputStream(file)) {
        return GoogleCredentials.fromStream(stream);
      }
    };
  }

  static CredentialsSource none() {
    return NoCredentials::getInstance;
  }
}
