package com.conitrack.backup.testsupport.gcs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what. */
final class Access {
  private final Tokens tokens;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private volatile boolean tokensRequired;

  Access(Tokens tokens) {
    this.tokens = tokens;
  }

  void requireTokens() {
    tokensRequired = true;
  }

  void deny(String permission) {
    denied.add(permission);
  }

  void require(String permission, Call call) {
    String who = "backup@test-project.iam.gserviceaccount.com";
    if (tokensRequired && call.header("Authorization") == null) {
      throw new Refusal(401, "required", words("Anonymous caller", permission));
    }
    if (tokensRequired && !tokens.accepts(call.header("Authorization"))) {
      throw new Refusal(401, "authError", "Invalid Credentials");
    }
    if (denied.contains(permission)) {
      throw new Refusal(403, "forbidden", words(who, permission));
    }
  }

  private static String words(String who, String permission) {
    String kind = permission.endsWith(".list") ? "bucket" : "object";
    return ("%s does not have %s access to the Google Cloud Storage %s. Permission '%s' denied on"
            + " resource (or it may not exist).")
        .formatted(who, permission, kind, permission);
  }
}
