package com.conitrack.backup.core.model;

import com.conitrack.backup.core.model.Requirements.Extension;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the statements of a dump ask of the server and of whoever loads it, as they were read. All
 * lists are sorted.
 *
 * @param owners roles that objects are given to
 * @param grantees roles that privileges are granted to or revoked from
 * @param grantors roles in whose name privileges are granted, and whose default privileges are set
 * @param otherRoles roles of policies and user mappings
 * @param extensions extensions made; the version is {@code unknown}, as the dump does not tell it
 * @param extensionComments extensions commented on
 * @param eventTriggers how many event triggers are made
 * @param allPublications how many publications of all tables, or of all in a schema, are made
 * @param subscriptions how many subscriptions are made
 * @param tablespaces tablespaces that tables and indexes are put in
 * @param settings parameters set for the session, in lower case
 */
public record DumpDemands(
    List<String> owners,
    List<String> grantees,
    List<String> grantors,
    List<String> otherRoles,
    List<Extension> extensions,
    List<String> extensionComments,
    int eventTriggers,
    int allPublications,
    int subscriptions,
    List<String> tablespaces,
    List<String> settings) {
  public DumpDemands {
    owners = List.copyOf(owners);
    grantees = List.copyOf(grantees);
    grantors = List.copyOf(grantors);
    otherRoles = List.copyOf(otherRoles);
    extensions = List.copyOf(extensions);
    extensionComments = List.copyOf(extensionComments);
    tablespaces = List.copyOf(tablespaces);
    settings = List.copyOf(settings);
  }

  /** Every role that a statement names. */
  public Set<String> roles() {
    Set<String> roles = new TreeSet<>(owners);
    roles.addAll(grantees);
    roles.addAll(grantors);
    roles.addAll(otherRoles);
    return roles;
  }

  /** What is asked if some of it is left out. */
  public DumpDemands without(LeftOut leftOut) {
    boolean owned = !leftOut.has(LeaveOut.OWNERSHIP);
    boolean granted = !leftOut.has(LeaveOut.PRIVILEGES);
    boolean published = !leftOut.has(LeaveOut.PUBLICATIONS);
    return new DumpDemands(
        owned ? owners : List.of(),
        granted ? grantees : List.of(),
        granted ? grantors : List.of(),
        otherRoles,
        extensions,
        leftOut.has(LeaveOut.EXTENSION_COMMENTS) ? List.of() : extensionComments,
        leftOut.has(LeaveOut.EVENT_TRIGGERS) ? 0 : eventTriggers,
        published ? allPublications : 0,
        published ? subscriptions : 0,
        tablespaces,
        settings.stream().filter(name -> !leftOut.settings().contains(name)).toList());
  }
}
