package org.mdlibs.registry.user;

import java.util.Set;
import java.util.TreeSet;
import org.mdlibs.registry.name.Scope;

/**
 * What groups of a source mean here.
 *
 * @param teamPrefix a group of this prefix makes its members those of the team that the rest of its
 *     name names; null: no group does
 * @param adminGroup who is in this group is an administrator, and who is not, is none; null: the
 *     source has no say in it
 */
public record GroupRules(String teamPrefix, String adminGroup) {
  /** Groups mean nothing. */
  public static final GroupRules NONE = new GroupRules(null, null);

  /** The names of the teams that groups stand for, whether or not there are such teams. */
  public Set<String> teams(Set<String> groups) {
    var teams = new TreeSet<String>();
    for (String group : groups) {
      if (teamPrefix != null && group.startsWith(teamPrefix)) {
        try {
          teams.add(Scope.parse(group.substring(teamPrefix.length())).value());
        } catch (IllegalArgumentException e) {
          // no team can have this name
        }
      }
    }
    return teams;
  }

  /** Whether the source says who is an administrator. */
  public boolean decideAdministrators() {
    return adminGroup != null;
  }

  /** Whether groups make an administrator. */
  public boolean makeAdministrator(Set<String> groups) {
    return adminGroup != null && groups.contains(adminGroup);
  }
}
