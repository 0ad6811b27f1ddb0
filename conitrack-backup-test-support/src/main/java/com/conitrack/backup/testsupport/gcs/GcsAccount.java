package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;

/** A service account of a {@link GcsServer}, with the key file that Google would hand out. */
public final class GcsAccount {
  private final String email;
  private final KeyPair keys;
  private final String keyId;
  private final URI tokenUri;

  GcsAccount(String email, String keyId, URI tokenUri) {
    this.email = email;
    this.keyId = keyId;
    this.tokenUri = tokenUri;
    this.keys = newKeys();
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** What it is called. */
  public String email() {
    return email;
  }

  PublicKey publicKey() {
    return keys.getPublic();
  }

  /** The contents of its key file. */
  public String keyFile() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "service_account")
        .put("project_id", "test-project")
        .put("private_key_id", keyId)
        .put("private_key", pem())
        .put("client_email", email)
        .put("client_id", "100000000000000000001")
        .put("token_uri", tokenUri.toString())
        .put("universe_domain", "googleapis.com")
        .toPrettyString();
  }

  /** Its private key as the key file has it, to be looked for where it must not be. */
  public String pem() {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
  }
}
