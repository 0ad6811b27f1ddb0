package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Netstrings;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableName;
import java.util.function.Predicate;

/** One digest that stands for a fingerprint; {@code docs/formats.md} specifies it. */
public final class ContentsDigest {
  private ContentsDigest() {}

  /** Of these contents. */
  public static Sha256 of(Fingerprint contents) {
    Netstrings text = new Netstrings();
    contents.tables().forEach(table -> add(text, table));
    for (SequenceValue sequence : contents.sequences()) {
      text.add("sequence").add(sequence.name().schema()).add(sequence.name().name());
      text.add(Long.toString(sequence.value())).add(Boolean.toString(sequence.called()));
    }
    text.add("large objects").add(Long.toString(contents.largeObjects().count()));
    text.add(contents.largeObjects().sha256().hex());
    return text.add("schema").add(contents.schema().hex()).digest();
  }

  /** Of the rows of some tables alone. */
  public static Sha256 ofTables(Fingerprint contents, Predicate<TableName> some) {
    Netstrings text = new Netstrings();
    contents.tables().stream().filter(t -> some.test(t.name())).forEach(t -> add(text, t));
    return text.digest();
  }

  private static void add(Netstrings text, TableFingerprint table) {
    text.add("table").add(table.name().schema()).add(table.name().name());
    text.add(Long.toString(table.rows())).add(table.sha256().hex());
  }
}
