package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives tokens to service accounts that prove themselves by a signed assertion, as
 * https://developers.google.com/identity/protocols/oauth2/service-account says.
 */
final class Tokens {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Map<String, GcsAccount> accounts = new ConcurrentHashMap<>();
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private volatile Duration ahead = Duration.ZERO;

  GcsAccount add(String email, URI tokenUri) {
    GcsAccount account =
        new GcsAccount(email, UUID.randomUUID().toString().replace("-", ""), tokenUri);
    accounts.put(email, account);
    return account;
  }

  void remove(String email) {
    accounts.remove(email);
  }

  /** The server's clock goes before everyone else's. */
  void goAhead(Duration by) {
    ahead = by;
  }

  boolean accepts(@Nullable String authorization) {
    return authorization != null
        && authorization.startsWith("Bearer ")
        && valid.contains(authorization.substring("Bearer ".length()));
  }

  Set<String> given() {
    return Set.copyOf(valid);
  }

  Reply give(Call call) throws IOException {
    Map<String, String> form =
        Stream.of(new String(call.body().readAllBytes(), StandardCharsets.UTF_8).split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> decode(pair[1])));
    String problem = problemWith(form.getOrDefault("assertion", ""));
    if (problem != null) {
      return Reply.json(
          400,
          JsonNodeFactory.instance
              .objectNode()
              .put("error", "invalid_grant")
              .put("error_description", problem));
    }
    String token = "ya29.test-" + UUID.randomUUID();
    valid.add(token);
    return Reply.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token)
            .put("expires_in", 3599)
            .put("token_type", "Bearer"));
  }

  private @Nullable String problemWith(String assertion) throws IOException {
    String[] parts = assertion.split("\\.");
    if (parts.length != 3) {
      return "Invalid JWT: Failed audience check";
    }
    JsonNode claims = Call.json(Base64.getUrlDecoder().decode(parts[1]));
    GcsAccount account = accounts.get(claims.path("iss").asText());
    if (account == null) {
      return "Invalid grant: account not found";
    }
    Instant now = Instant.now().plus(ahead);
    Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
    Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
    boolean timely =
        !issued.isAfter(now.plus(SKEW))
            && expires.isAfter(now)
            && Duration.between(issued, expires).compareTo(LONGEST) <= 0;
    if (!timely) {
      return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
          + " timeframe. Check your iat and exp values in the JWT claim.";
    }
    return isSigned(account, parts) ? null : "Invalid JWT Signature.";
  }

  private static boolean isSigned(GcsAccount account, String[] parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(account.publicKey());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
