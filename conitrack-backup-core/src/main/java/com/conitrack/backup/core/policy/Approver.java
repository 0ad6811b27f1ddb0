package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.PersonNames;
import java.util.List;

/**
 * A person whose signature approves restores.
 *
 * @param name as approvals name the person
 * @param roles what the person may approve as, such as {@code System Owner}
 * @param publicKey the Ed25519 public key: a PEM block ({@code BEGIN PUBLIC KEY}) or its base64
 *     alone, as {@code openssl pkey -pubout} writes it
 * @param accounts names under which the person runs backups and restores, so that nobody approves
 *     what the same person executes; the person's name counts anyway
 */
public record Approver(String name, List<String> roles, String publicKey, List<String> accounts) {
  public Approver {
    roles = List.copyOf(roles);
    accounts = List.copyOf(accounts);
  }

  /** The key's bytes as base64 alone, whichever way it was given. */
  public String keyText() {
    return publicKey.replaceAll("-----[A-Z ]+-----|\\s", "");
  }

  /** Whether somebody who acts under {@code actor} is this person. */
  public boolean isKnownAs(String actor) {
    return accounts.stream().anyMatch(account -> PersonNames.same(account, actor))
        || PersonNames.same(name, actor);
  }
}
