package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.StreamCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds out by the bytes themselves how a dump is coded, layer after layer from the outside. */
final class CodingDetector {
  private static final int HEAD_BYTES = 4096;
  private static final int MOST_LAYERS = 4;

  private final Collection<StreamCodec> known;

  /**
   * @param known the codecs at hand
   */
  CodingDetector(Collection<StreamCodec> known) {
    this.known = known;
  }

  /**
   * How it is coded.
   *
   * @throws BackupException kind {@code DAMAGED} if it is nothing that could be a dump or cannot be
   *     decoded
   */
  CodecChain detect(AdoptionSource source) {
    List<StreamCodec> outerFirst = new ArrayList<>();
    while (true) {
      CodecChain chain = chain(outerFirst);
      if (chain.archive()) {
        return chain;
      }
      byte[] head = head(source, chain);
      Optional<StreamCodec> next =
          known.stream().filter(codec -> codec.recognises(head)).findFirst();
      if (next.isEmpty()) {
        requirePlain(source, chain, head);
        return chain;
      }
      if (outerFirst.size() == MOST_LAYERS) {
        throw refused(source, "it is packed more than " + MOST_LAYERS + " times", "unpack it");
      }
      outerFirst.add(next.get());
    }
  }

  private static CodecChain chain(List<StreamCodec> outerFirst) {
    List<StreamCodec> applied = new ArrayList<>(outerFirst);
    Collections.reverse(applied);
    return new CodecChain(applied);
  }

  private static byte[] head(AdoptionSource source, CodecChain chain) {
    try (InputStream decoded = chain.decode(source.open())) {
      return decoded.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      throw AdoptionExaminer.unreadable(source, e);
    }
  }

  private static void requirePlain(AdoptionSource source, CodecChain chain, byte[] head) {
    ForeignForm foreign = ForeignForm.of(head);
    if (foreign != null) {
      String where = chain.codecs().isEmpty() ? "it is " : "what is packed in it is ";
      throw refused(source, where + foreign.what(), foreign.hint());
    }
  }

  private static BackupException refused(AdoptionSource source, String why, String hint) {
    return new BackupException(
        ErrorKind.DAMAGED, "unable to adopt '" + source.name() + "'", why, hint);
  }
}
