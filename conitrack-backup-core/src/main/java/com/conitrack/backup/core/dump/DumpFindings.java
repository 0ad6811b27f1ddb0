package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.ServerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inspection of a plain dump found. The fingerprint of a dump that is not whole describes
 * as much of it as there was.
 *
 * @param fingerprint the content
 * @param named the content whatever the order of columns in inheriting tables
 * @param plain size and SHA-256 of all bytes inspected
 * @param whole whether nothing is missing or out of place: there are no defects
 * @param defects each a phrase that goes after "the dump", such as {@code ends inside the rows of
 *     public.lote, after 499 of them}
 * @param dumpedFrom version of the server, from the dump's header; null if it does not say
 * @param dumpedBy version of pg_dump, from the dump's header; null if it does not say
 * @param encoding the dump's encoding as PostgreSQL calls it, such as {@code UTF8}; null if it does
 *     not say
 * @param demands what its statements ask of the server and of whoever loads it
 */
public record DumpFindings(
    Fingerprint fingerprint,
    NamedContents named,
    ByteDigest plain,
    boolean whole,
    List<String> defects,
    @Nullable ServerVersion dumpedFrom,
    @Nullable ServerVersion dumpedBy,
    @Nullable String encoding,
    DumpDemands demands) {

  public DumpFindings {
    defects = List.copyOf(defects);
    if (whole != defects.isEmpty()) {
      throw new IllegalArgumentException("a dump is whole if and only if it has no defects");
    }
  }
}
