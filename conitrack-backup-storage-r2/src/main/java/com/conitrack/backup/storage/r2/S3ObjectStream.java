package com.conitrack.backup.storage.r2;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The body of an answer, held to the length that was announced. */
final class S3ObjectStream extends InputStream {
  private final ResponseInputStream<GetObjectResponse> body;
  private final String what;
  private final long expected;
  private long read;

  S3ObjectStream(ResponseInputStream<GetObjectResponse> body, String what) {
    this.body = body;
    this.what = what;
    this.expected = body.response().contentLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (read == expected) {
      return -1;
    }
    int count = readBody(target, offset, length);
    if (count < 0) {
      throw new EOFException(
          what + ": it broke off after %,d of %,d bytes".formatted(read, expected));
    }
    read += count;
    return count;
  }

  @Override
  public int available() {
    return 0;
  }

  /** Gives the connection up unless all was read: to read the rest could take hours. */
  @Override
  public void close() throws IOException {
    if (read == expected) {
      body.close();
    } else {
      body.abort();
    }
  }

  private int readBody(byte[] target, int offset, int length) throws IOException {
    try {
      return body.read(target, offset, length);
    } catch (RuntimeException e) {
      // The SDK's own exceptions, an aborted request for instance.
      throw new IOException(what + ": " + Reason.oneLine(e), e);
    }
  }
}
