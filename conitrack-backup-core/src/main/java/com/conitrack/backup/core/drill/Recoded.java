package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.model.BackupException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stored dump decoded, damaged and coded again as it is read, so that nothing but the dump itself
 * is wrong. A thread of its own does it; it ends when the stream is closed.
 */
final class Recoded extends FilterInputStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final PipedInputStream pipe;
  private volatile @Nullable IOException failure;

  private Recoded(PipedInputStream pipe) {
    super(pipe);
    this.pipe = pipe;
  }

  /**
   * @param chain how it is coded
   * @param again how to code it again
   */
  static InputStream of(InputStream stored, CodecChain chain, CodecChain again, Damage.Kind damage)
      throws IOException {
    PipedInputStream pipe = new PipedInputStream(BUFFER_BYTES);
    OutputStream sink = new PipedOutputStream(pipe);
    Recoded recoded = new Recoded(pipe);
    Thread worker =
        new Thread(
            () -> recoded.pump(stored, chain, again, damage, sink),
            "conitrack-backup negative control");
    worker.setDaemon(true);
    worker.start();
    return recoded;
  }

  private void pump(
      InputStream stored,
      CodecChain chain,
      CodecChain again,
      Damage.Kind damage,
      OutputStream sink) {
    try (sink;
        InputStream plain = chain.decode(stored);
        OutputStream coded = again.encode(sink)) {
      Damage damaged = damage.on(coded);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
        damaged.write(buffer, 0, read);
      }
      damaged.finish();
    } catch (IOException e) {
      failure = e;
    } catch (BackupException e) { // A tool that decodes is missing.
      failure = new IOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** An end that comes of a failure is told as one. */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = pipe.read(into, offset, length);
    IOException broken = failure;
    if (read < 0 && broken != null) {
      throw new IOException(broken.getMessage(), broken);
    }
    return read;
  }
}
