package org.mdlibs.registry.testing;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;

/** The people and groups of a company's LDAP directory, whichever server keeps them. */
public abstract class DirectoryEntries {
  /** Who searches. */
  public static final String BIND_DN = "cn=registry,dc=example,dc=org";

  /** His password. */
  public static final String BIND_PASSWORD = "the-registry";

  /** The entry that all others are below. */
  static final String BASE = "dc=example,dc=org";

  /** Where to write. */
  abstract LDAPInterface ldap();

  /** Makes the branches of the tree. */
  final void plant() {
    run(
        () -> {
          ldap().add("dn: " + BASE, "objectClass: domain", "dc: example");
          ldap().add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
          ldap().add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        });
  }

  /** Adds a person. */
  public void add(String uid, String mail, String password) {
    run(
        () ->
            ldap()
                .add(
                    "dn: " + dn(uid),
                    "objectClass: inetOrgPerson",
                    "uid: " + uid,
                    "cn: " + uid,
                    "sn: " + uid,
                    "mail: " + mail,
                    "userPassword: " + password));
  }

  /** Removes a person. */
  public void remove(String uid) {
    run(() -> ldap().delete(dn(uid)));
  }

  /** Gives a person another name. */
  public void rename(String uid, String other) {
    run(() -> ldap().modifyDN(dn(uid), "uid=" + other, true));
  }

  /** Gives a person another address. */
  public void changeMail(String uid, String mail) {
    run(() -> ldap().modify(dn(uid), new Modification(ModificationType.REPLACE, "mail", mail)));
  }

  /** Puts a person into a group. */
  public void join(String uid, String group) {
    run(
        () -> {
          String dn = group(group);
          if (ldap().getEntry(dn) == null) {
            ldap()
                .add(
                    "dn: " + dn, "objectClass: groupOfNames", "cn: " + group, "member: " + BIND_DN);
          }
          ldap().modify(dn, new Modification(ModificationType.ADD, "member", dn(uid)));
        });
  }

  /** Takes a person out of a group. */
  public void leave(String uid, String group) {
    run(
        () ->
            ldap()
                .modify(
                    group(group), new Modification(ModificationType.DELETE, "member", dn(uid))));
  }

  private static String dn(String uid) {
    return "uid=" + uid + ",ou=people," + BASE;
  }

  private static String group(String name) {
    return "cn=" + name + ",ou=groups," + BASE;
  }

  static void run(Change change) {
    try {
      change.make();
    } catch (LDAPException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something done in the directory. */
  interface Change {
    void make() throws LDAPException, LDIFException;
  }
}
