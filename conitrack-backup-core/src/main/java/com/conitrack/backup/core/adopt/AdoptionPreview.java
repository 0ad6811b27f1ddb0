package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpTraits;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.RuleResult;
import java.time.Instant;
import java.util.List;

/**
 * What somebody else's dump turned out to be, read from beginning to end.
 *
 * @param source what it is called
 * @param chain how it is coded
 * @param stored size and digest of its bytes as they are
 * @param findings what is in it
 * @param traits how it was taken
 * @param takenAt when it was taken, as asked for or concluded
 * @param rules the policy's content rules and how it meets them
 * @param obstacles why it cannot become a backup, one sentence each with what to do; empty if it
 *     can
 * @param remarks what else to know
 */
public record AdoptionPreview(
    String source,
    CodecChain chain,
    ByteDigest stored,
    DumpFindings findings,
    DumpTraits traits,
    Instant takenAt,
    List<RuleResult> rules,
    List<String> obstacles,
    List<String> remarks) {
  public AdoptionPreview {
    rules = List.copyOf(rules);
    obstacles = List.copyOf(obstacles);
    remarks = List.copyOf(remarks);
  }

  /** Whether it can become a backup. */
  public boolean adoptable() {
    return obstacles.isEmpty();
  }
}
