package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.Sha256;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Digests rows as {@code COPY} writes them with their columns in the order of the names: a row
 * counts as the digests of its values, one after the other, so that a value of any size passes.
 */
final class RowsByName {
  private final List<String> columns;
  private final int[] places;
  private final byte[] values;
  private final MessageDigest rows = Sha256.newDigest();
  private final MessageDigest value = Sha256.newDigest();
  private int column;

  RowsByName(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.values = new byte[columns.size() * value.getDigestLength()];
    this.places = new int[columns.size()];
    int[] sorted =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparing(columns::get))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int place = 0; place < sorted.length; place++) {
      places[sorted[place]] = place;
    }
  }

  List<String> columns() {
    return columns;
  }

  /** The next bytes, cut anywhere. Tabs and line feeds inside values are written otherwise. */
  void accept(byte[] b, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (b[i] == '\t' || b[i] == '\n') {
        value.update(b, start, i - start);
        endValue();
        start = i + 1;
        if (b[i] == '\n') {
          endRow();
        }
      }
    }
    value.update(b, start, to - start);
  }

  private void endValue() {
    byte[] digest = value.digest();
    if (column < places.length) {
      System.arraycopy(digest, 0, values, places[column] * digest.length, digest.length);
    } else {
      rows.update(digest); // No column is known for it.
    }
    column++;
  }

  private void endRow() {
    rows.update(values);
    column = 0;
  }

  /** Completes it. */
  Sha256 finish() {
    return Sha256.from(rows);
  }
}
