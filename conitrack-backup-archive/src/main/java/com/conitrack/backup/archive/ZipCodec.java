package com.conitrack.backup.archive;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Zip (PKWARE's APPNOTE.TXT) with one file in it, as Windows makes with "Send to, Compressed
 * folder" and {@code Compress-Archive}. Deflate, Deflate64 and stored files are read, up to any
 * size. Directories and the {@code __MACOSX} entries of macOS may stand beside the file; a second
 * file is refused with the names of both. The central directory at the end is checked too, so that
 * a file that was cut short is noticed even where the dump is whole.
 *
 * <p>Bytes are read as they come, nothing is written to a disk, and names in the archive are used
 * for nothing.
 */
public final class ZipCodec implements StreamCodec {
  private ZipCodec() {}

  /** The codec. */
  public static ZipCodec create() {
    return new ZipCodec();
  }

  @Override
  public String id() {
    return "zip";
  }

  @Override
  public String extension() {
    return ".zip";
  }

  /** Of Info-ZIP, in the package {@code unzip}. */
  @Override
  public String decodeCommand() {
    return "funzip";
  }

  /** APPNOTE.TXT, 4.3.7: what a local file header starts with. */
  @Override
  public boolean recognises(byte[] head) {
    return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
  }

  @Override
  public OutputStream encode(OutputStream sink) {
    return new ZipEncoder(sink);
  }

  @Override
  public InputStream decode(InputStream source) {
    return new ZipDecoder(source);
  }
}
