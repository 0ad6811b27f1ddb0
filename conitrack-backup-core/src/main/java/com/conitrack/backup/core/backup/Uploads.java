package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of one dump, one into each storage, all at once. Nothing is visible before they are
 * committed; closing drops those that were not. Memory is bounded by {@link #CHUNKS} chunks.
 */
final class Uploads implements AutoCloseable {
  private static final int CHUNKS = 16;

  private final Duration stallLimit;
  private final ChunkPool pool = new ChunkPool(CHUNKS);
  private final List<CopyWriter> writers;
  private @Nullable FanOut fanOut;

  /**
   * @param begun when the run began
   */
  Uploads(Setup setup, BackupId id, String key, DatabaseFacts database, Instant begun) {
    this.stallLimit = setup.stallLimit();
    ObjectAttributes attributes = PendingMarkers.attributes(id, database);
    Chunk endOfDump = new Chunk(pool);
    this.writers =
        setup.storages().stream()
            .map(
                storage ->
                    new CopyWriter(
                        storage,
                        key,
                        setup.policy().immutability().protect(attributes, storage.info(), begun),
                        endOfDump))
            .toList();
  }

  /** Where the bytes go; to be called once. */
  FanOut start() throws IOException {
    FanOut started = new FanOut(writers, pool, stallLimit);
    fanOut = started;
    return started;
  }

  List<CopyWriter> writers() {
    return writers;
  }

  @Override
  public void close() {
    FanOut end = fanOut;
    if (end != null) {
      end.abort();
    } else {
      writers.forEach(CopyWriter::abort);
    }
  }
}
