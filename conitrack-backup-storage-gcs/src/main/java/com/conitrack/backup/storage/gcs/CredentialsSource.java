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
  /** Reading and writing of objects; what may be done in fact, the bucket's policy says. */
  String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  Credentials load() throws IOException;

  /** The same with a scope, so that all clients made with them share one token. */
  default Credentials loadScoped() throws IOException {
    Credentials loaded = load();
    return loaded instanceof GoogleCredentials google && google.createScopedRequired()
        ? google.createScoped(SCOPE)
        : loaded;
  }

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
