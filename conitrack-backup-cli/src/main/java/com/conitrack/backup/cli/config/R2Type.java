package com.conitrack.backup.cli.config;

import com.conitrack.backup.storage.r2.R2Storage;
import com.conitrack.backup.storage.r2.R2Storage.Jurisdiction;
import com.conitrack.backup.storage.r2.S3Storage;
import com.conitrack.backup.storage.r2.S3StorageBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket at Cloudflare R2. */
final class R2Type implements StorageType {
  private static final Map<String, Jurisdiction> JURISDICTIONS =
      Map.of("eu", Jurisdiction.EU, "fedramp", Jurisdiction.FEDRAMP);

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public List<String> keys() {
    return BucketKeys.with("account", "jurisdiction");
  }

  @Override
  public @Nullable StorageConfig read(Section storage, String name) {
    S3StorageBuilder builder = account(storage, name);
    BucketKeys keys = new BucketKeys(storage, builder == null ? S3Storage.named(name) : builder);
    keys.read();
    if (BucketKeys.CREDENTIALS.stream().noneMatch(storage::has)) {
      storage.problem(
          "access-key-id",
          "no access key is given",
          "write access-key-id and secret-access-key of an API token for the bucket");
    }
    return builder == null ? null : keys.config(name, name(), "Cloudflare R2");
  }

  private static @Nullable S3StorageBuilder account(Section storage, String name) {
    Jurisdiction jurisdiction = storage.choice("jurisdiction", JURISDICTIONS);
    Scalar account = storage.scalar("account");
    if (account == null) {
      if (!storage.has("account")) {
        storage.problem(
            "account", "no account is given", "write the account id of the R2 overview page");
      }
      return null;
    }
    try {
      return R2Storage.account(
          name, account.value(), jurisdiction == null ? Jurisdiction.DEFAULT : jurisdiction);
    } catch (IllegalArgumentException e) {
      storage.problem(
          "account",
          account,
          account.quoted() + " is no account id",
          "it has 32 hexadecimal digits and is on the R2 overview page");
      return null;
    }
  }
}
