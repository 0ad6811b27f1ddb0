package com.conitrack.backup.testsupport.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest extends BackupStorageContract {
  private final InMemoryStorage memory = new InMemoryStorage("memory");

  @Override
  protected BackupStorage emptyStorage() {
    return memory;
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return memory;
  }

  @Test
  void tellsWhatWasNotClosed() throws IOException {
    StorageTools.put(memory, "a", StorageTools.bytes(1));
    assertThat(memory.openHandles()).isEmpty();

    Upload upload = memory.begin("b", StorageTools.PLAIN);
    upload.commit();
    InputStream stream = memory.open("a");
    assertThat(memory.openHandles()).containsExactly("stream of 'a'", "upload of 'b'");

    upload.close();
    stream.close();
    assertThat(memory.openHandles()).isEmpty();
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
  }

  @Test
  void keepsAttributes() {
    try (Upload upload = memory.begin("a", ObjectAttributes.JSON)) {
      upload.commit();
    }
    assertThat(memory.attributes("a")).contains(ObjectAttributes.JSON);
    assertThat(memory.attributes("b")).isEmpty();
  }

  @Test
  void datesObjectsByItsClock() {
    Instant now = Instant.parse("2026-01-06T03:00:00Z");
    InMemoryStorage dated = new InMemoryStorage("dated", Clock.fixed(now, ZoneOffset.UTC));
    assertThat(StorageTools.put(dated, "a", StorageTools.bytes(2)))
        .isEqualTo(new StoredObject("a", 2, now));
  }
}
