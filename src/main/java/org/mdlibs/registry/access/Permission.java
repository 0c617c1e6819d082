package org.mdlibs.registry.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token lets its bearer do at most ({@code scopes} on the wire). */
public enum Permission {
  READ,
  PUBLISH,
  MANAGE,
  ADMIN;

  /** Everything: what a login token lets its user do. */
  public static final Set<Permission> ALL = Set.copyOf(EnumSet.allOf(Permission.class));

  /** The name on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form in which a set is stored: names in order, joined by a space. */
  public static String stored(Collection<Permission> permissions) {
    return permissions.stream().sorted().map(Permission::wireName).collect(Collectors.joining(" "));
  }

  /** The inverse of {@link #stored}. */
  public static Set<Permission> ofStored(String stored) {
    var permissions = EnumSet.noneOf(Permission.class);
    for (String name : stored.split(" ", -1)) {
      if (!name.isEmpty()) {
        permissions.add(valueOf(name.toUpperCase(Locale.ROOT)));
      }
    }
    return permissions;
  }
}
