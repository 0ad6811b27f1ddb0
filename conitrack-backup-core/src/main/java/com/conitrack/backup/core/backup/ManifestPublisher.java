package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the manifest beside every proved copy. */
final class ManifestPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestPublisher.class);

  private final Setup setup;
  private final Instant begun;

  /**
   * @param begun when the run began
   */
  ManifestPublisher(Setup setup, Instant begun) {
    this.setup = setup;
    this.begun = begun;
  }

  /**
   * What was published.
   *
   * @param manifest the manifest as far as this run knows it
   * @param sha256 digest of the bytes written
   */
  record Published(Manifest manifest, Sha256 sha256) {}

  /**
   * Writes the same bytes to every storage with a proved copy.
   *
   * @return the manifest; where it could not be written, that copy's record says so, though the
   *     bytes already written elsewhere do not
   * @throws BackupException if it could be written nowhere
   */
  Published publish(Manifest manifest) {
    CodecChain chain = CodecChain.of(manifest.dump().codecs(), setup.codecs());
    byte[] bytes = ManifestJson.write(manifest, chain.decodeCommand(fileName(manifest)));
    List<CopyRecord> copies = new ArrayList<>();
    @Nullable StorageException failure = null;
    int written = 0;
    for (CopyRecord copy : manifest.copies()) {
      StorageException problem = copy.problem() == null ? put(copy, manifest, bytes) : null;
      if (problem != null) {
        failure = problem;
        copies.add(
            new CopyRecord(
                copy.storage(),
                copy.level(),
                copy.verifiedAt(),
                problem.getMessage(),
                copy.retainUntil()));
      } else {
        written += copy.problem() == null ? 1 : 0;
        copies.add(copy);
      }
    }
    if (written == 0 && failure != null) {
      throw failure;
    }
    return new Published(manifest.withCopies(copies), Sha256.of(bytes));
  }

  private ObjectAttributes attributes(BackupStorage storage) {
    return setup.policy().immutability().protect(ObjectAttributes.JSON, storage.info(), begun);
  }

  private static String fileName(Manifest manifest) {
    String key = manifest.dump().key();
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private @Nullable StorageException put(CopyRecord copy, Manifest manifest, byte[] bytes) {
    BackupStorage storage = setup.storage(copy.storage());
    if (storage == null) {
      throw new IllegalStateException("no storage '" + copy.storage() + "'");
    }
    try {
      SmallObjects.put(storage, manifest.key(), bytes, attributes(storage));
      return null;
    } catch (StorageException e) {
      LOG.warn("the manifest is missing beside a copy: {}", e.getMessage());
      return e;
    }
  }
}
