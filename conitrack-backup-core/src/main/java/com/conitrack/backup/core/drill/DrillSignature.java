package com.conitrack.backup.core.drill;

/**
 * What quality assurance says of a drill.
 *
 * @param drill the drill's id in the register
 * @param person who says it; not who held the drill
 * @param role as what, such as {@code QA}
 * @param accepted whether the drill is accepted
 * @param remarks in words; may be empty
 */
public record DrillSignature(
    String drill, String person, String role, boolean accepted, String remarks) {
  public DrillSignature {
    if (drill.isBlank() || person.isBlank() || role.isBlank()) {
      throw new IllegalArgumentException("a drill is signed off by a person in a role");
    }
  }
}
