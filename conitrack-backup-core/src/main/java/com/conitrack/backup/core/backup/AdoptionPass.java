package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.adopt.AdoptionPreview;
import com.conitrack.backup.core.adopt.AdoptionSource;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.ToolFacts;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores the bytes of a file that was examined, as they are. Nothing is visible in any storage when
 * it returns; closing drops what was not committed.
 */
final class AdoptionPass implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final AdoptionPreview preview;
  private final String key;
  private final Uploads uploads;

  /**
   * @param begun when the run began
   */
  AdoptionPass(
      Setup setup, BackupId id, AdoptionPreview preview, DatabaseFacts database, Instant begun) {
    this.preview = preview;
    this.key = FreeName.key(preview.chain(), id);
    this.uploads = new Uploads(setup, id, key, database, begun);
  }

  /**
   * Lets the file pass.
   *
   * @throws BackupException if it is not what was examined any more, or no storage took it
   */
  PassedDump run(AdoptionSource source) {
    try (InputStream bytes = source.open()) {
      FanOut end = uploads.start();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        end.write(buffer, 0, read);
      }
      end.close();
      requireUnchanged(end.stored());
    } catch (IOException e) {
      throw new BackupException(
          ErrorKind.IO,
          "unable to adopt '" + preview.source() + "'",
          String.valueOf(e.getMessage()),
          null,
          e);
    }
    StoredDump dump =
        new StoredDump(key, preview.chain().ids(), preview.findings().plain(), preview.stored());
    return new PassedDump(dump, preview.findings(), tool(), preview.rules(), uploads.writers());
  }

  private void requireUnchanged(ByteDigest stored) {
    if (!stored.equals(preview.stored())) {
      throw new BackupException(
          ErrorKind.DAMAGED,
          "unable to adopt '" + preview.source() + "'",
          "it was changed while it was read",
          "wait until whatever writes it has ended");
    }
  }

  /** pg_dump's version stands in the dump; its options show in what it wrote. */
  private ToolFacts tool() {
    ServerVersion by = preview.findings().dumpedBy();
    List<String> options = new ArrayList<>();
    if (!preview.traits().owners()) {
      options.add("--no-owner");
    }
    return new ToolFacts(
        "pg_dump",
        by != null ? by : new ServerVersion(0, "unknown"),
        options,
        List.of("adopted: made by another program's use of it"));
  }

  @Override
  public void close() {
    uploads.close();
  }
}
