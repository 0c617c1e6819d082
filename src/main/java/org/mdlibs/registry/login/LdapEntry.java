package org.mdlibs.registry.login;

import java.util.Set;

/**
 * A person in the directory.
 *
 * @param id what never changes; of a binary attribute, in hex
 * @param mail null when there is none
 * @param groups the names ({@code cn}), in lower case, since a directory does not tell case apart
 */
record LdapEntry(String dn, String id, String name, String mail, Set<String> groups) {}
