package com.conitrack.backup.storage.r2;

import static com.conitrack.backup.storage.r2.Storages.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.net.FaultProxy;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uploads and reads through connections that are cut at random: what was reported as stored is
 * there whole, what was reported as failed is not there (or was said to be uncertain), and no
 * upload is left after a sweep. {@code -Dconitrack.cuts=100} runs more rounds, {@code
 * -Dconitrack.seed=…} others.
 */
class RandomCutsIT {
  private static final int ROUNDS = Integer.getInteger("conitrack.cuts", 20);
  private static final long SEED = Long.getLong("conitrack.seed", 20_261_124L);
  private static final long MEAN_BYTES = 6_000_000;

  private final Map<String, byte[]> begun = new TreeMap<>();
  private final Map<String, byte[]> stored = new TreeMap<>();
  private int brokenReads;

  @Test
  void nothingPartialIsVisibleAndEveryFailureIsReported() throws IOException {
    try (S3Server server = S3Server.s3Proxy();
        S3Client direct = Storages.client(server);
        FaultProxy proxy = FaultProxy.to(server.address())) {
      String bucket = server.newBucket();
      try (S3Storage storage =
          Storages.at(proxy.address())
              .bucket(bucket)
              .attempts(2)
              .timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60))
              .build()) {
        proxy.cutAtRandom(SEED, MEAN_BYTES);
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
          upload(storage, "round/" + round, random);
          stored.forEach((key, content) -> read(storage, key, content));
        }
        assertThat(proxy.faultsDone()).as("the network did fail").isPositive();
        proxy.calm();
        assertWhole(storage);
        storage.sweep(Instant.now().plusSeconds(60));
        assertThat(Storages.openUploads(direct, bucket)).isEmpty();
        assertThat(Storages.names(direct, bucket))
            .noneMatch(name -> name.contains("conitrack-uploads"));
        System.out.printf(
            "%d rounds, seed %d: %d stored, %d failed, %d reads broken, %d cuts%n",
            ROUNDS, SEED, stored.size(), ROUNDS - stored.size(), brokenReads, proxy.faultsDone());
      }
    }
  }

  private void upload(S3Storage storage, String key, Random random) {
    byte[] content = Storages.bytes(random.nextInt(3 * Storages.PART));
    begun.put(key, content);
    try (Upload upload = storage.begin(key, PLAIN)) {
      for (int offset = 0; offset < content.length; offset += 100_000) {
        upload.write(content, offset, Math.min(100_000, content.length - offset));
      }
      upload.commit();
      stored.put(key, content);
    } catch (StorageException e) {
      assertThat(e).hasMessageStartingWith("unable to put '" + key + "'");
    }
  }

  private void read(S3Storage storage, String key, byte[] content) {
    byte[] found;
    try (InputStream stream = storage.open(key)) {
      found = stream.readAllBytes();
    } catch (IOException | StorageException e) {
      brokenReads++;
      return;
    }
    assertThat(found).as("what is read without a failure").isEqualTo(content);
  }

  /** A commit whose answer was lost for good may have been done: then whole. */
  private void assertWhole(S3Storage storage) throws IOException {
    assertThat(storage.list("")).extracting(StoredObject::key).containsAll(stored.keySet());
    for (StoredObject object : storage.list("")) {
      assertThat(Storages.get(storage, object.key())).isEqualTo(begun.get(object.key()));
    }
  }
}
