package com.conitrack.backup.core.approval;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A person's Ed25519 key (RFC 8032) for signing approvals. Its text is PKCS #8 in PEM, as {@code
 * openssl genpkey -algorithm ed25519} writes it: a secret.
 */
public final class ApprovalKey {
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;

  private ApprovalKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * A new key.
   *
   * @param secret the private key as PEM: to be kept by the person alone
   * @param publicText the public key as PEM: for the policy
   */
  public record Generated(String secret, String publicText) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "a new key with " + publicText.strip();
    }
  }

  /** Makes a new key. */
  public static Generated generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new Generated(
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks Ed25519", e);
    }
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  /**
   * Reads a private key from PEM.
   *
   * @throws BackupException kind {@code CONFIGURATION} if it is none; the message holds nothing of
   *     it
   */
  public static ApprovalKey fromPem(String pem) {
    try {
      byte[] der = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
      return new ApprovalKey(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new BackupException(
          ErrorKind.CONFIGURATION,
          "unable to read the private key",
          "it is no Ed25519 key in PKCS #8 and PEM",
          "make one with 'conitrack-backup approve --generate-key FILE' or 'openssl genpkey"
              + " -algorithm ed25519'; keys with a passphrase are not read");
    }
  }

  /** The approval with this key's signature. */
  public Approval sign(Approval approval) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(approval.signedBytes());
      return approval.withSignature(Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key did not sign", e);
    }
  }

  /**
   * Whether an approval bears a signature of the key that belongs to {@code publicKey}, X.509 in
   * base64.
   */
  static boolean signed(Approval approval, String publicKey) {
    String signature = approval.signature();
    if (signature == null) {
      return false;
    }
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(approval.signedBytes());
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return false;
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "an Ed25519 private key";
  }
}
