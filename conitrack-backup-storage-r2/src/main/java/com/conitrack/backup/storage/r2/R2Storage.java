package com.conitrack.backup.storage.r2;

import java.net.URI;
import java.util.Locale;

/**
 * Makes {@link S3Storage} for Cloudflare R2, set up as R2 wants it: its endpoint, region {@code
 * auto}, one size for all parts but the last, conditional writes, no per-object lock.
 *
 * <p>R2 protects objects by bucket locks, which are set on the bucket (dashboard, or {@code
 * wrangler r2 bucket lock add}); deletes that such a lock refuses are reported as {@link
 * com.conitrack.backup.core.model.ErrorKind#IMMUTABLE}. An API token with "Object Read &amp; Write"
 * on the one bucket is enough.
 */
public final class R2Storage {
  private R2Storage() {}

  /** Where Cloudflare is bound to keep a bucket; a bucket is only found through its own. */
  public enum Jurisdiction {
    /** None was chosen when the bucket was made. */
    DEFAULT,
    /** The European Union. */
    EU,
    /** FedRAMP. */
    FEDRAMP
  }

  /**
   * Starts to describe a storage in an R2 account.
   *
   * @param name the storage's name, see {@link
   *     com.conitrack.backup.core.port.StorageInfo#StorageInfo}
   * @param accountId the account's id: 32 hexadecimal digits, on the R2 overview page
   * @throws IllegalArgumentException if it is no account id
   */
  public static S3StorageBuilder account(String name, String accountId) {
    return account(name, accountId, Jurisdiction.DEFAULT);
  }

  /** As {@link #account(String, String)}, for buckets made in a jurisdiction. */
  public static S3StorageBuilder account(String name, String accountId, Jurisdiction jurisdiction) {
    return S3Storage.named(name)
        .endpoint(endpoint(accountId, jurisdiction))
        .region("auto")
        .pathStyle(true);
  }

  private static URI endpoint(String accountId, Jurisdiction jurisdiction) {
    if (!accountId.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException(
          "not a Cloudflare account id: '"
              + accountId
              + "'; it has 32 hexadecimal digits and is on the R2 overview page");
    }
    String place =
        jurisdiction == Jurisdiction.DEFAULT
            ? ""
            : "." + jurisdiction.name().toLowerCase(Locale.ROOT);
    return URI.create("https://" + accountId + place + ".r2.cloudflarestorage.com");
  }
}
