package org.mdlibs.registry.testing;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import java.util.List;
import java.util.Set;

/** A company's LDAP directory. Nobody searches it without a password. */
public final class Directory implements AutoCloseable {
  /** Who searches. */
  public static final String BIND_DN = "cn=registry,dc=example,dc=org";

  /** His password. */
  public static final String BIND_PASSWORD = "the-registry";

  private final InMemoryDirectoryServer server;

  private Directory(InMemoryDirectoryServer server) {
    this.server = server;
  }

  /** Starts one that speaks in clear. */
  public static Directory start() {
    try {
      return start(InMemoryListenerConfig.createLDAPConfig("clear", 0));
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts one. */
  public static Directory start(InMemoryListenerConfig... listeners) {
    try {
      var config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
      config.setListenerConfigs(listeners);
      config.setAuthenticationRequiredOperationTypes(Set.of(OperationType.SEARCH));
      config.addAdditionalBindCredentials(BIND_DN, BIND_PASSWORD);
      var server = new InMemoryDirectoryServer(config);
      server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
      server.add("dn: ou=people,dc=example,dc=org", "objectClass: organizationalUnit");
      server.add("dn: ou=groups,dc=example,dc=org", "objectClass: organizationalUnit");
      server.startListening();
      return new Directory(server);
    } catch (LDAPException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings by which the registry finds it. */
  List<String> settings() {
    return List.of(
        "-Dmdlibs.ldap.url=ldap://localhost:" + port("clear"),
        "-Dmdlibs.ldap.bind.dn=" + BIND_DN,
        "-Dmdlibs.ldap.bind.password=" + BIND_PASSWORD,
        "-Dmdlibs.ldap.user.base=ou=people,dc=example,dc=org",
        "-Dmdlibs.ldap.group.base=ou=groups,dc=example,dc=org",
        "-Dmdlibs.ldap.team.prefix=mdlibs-",
        "-Dmdlibs.ldap.admin.group=MDLibs-Administrators",
        "-Dmdlibs.ldap.sync.minutes=1");
  }

  /** The port of a listener. */
  public int port(String listener) {
    return server.getListenPort(listener);
  }

  /** Adds a person. */
  public void add(String uid, String mail, String password) {
    run(
        () ->
            server.add(
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
    run(() -> server.delete(dn(uid)));
  }

  /** Gives a person another name. */
  public void rename(String uid, String other) {
    run(() -> server.modifyDN(dn(uid), "uid=" + other, true));
  }

  /** Gives a person another address. */
  public void changeMail(String uid, String mail) {
    run(() -> server.modify(dn(uid), new Modification(ModificationType.REPLACE, "mail", mail)));
  }

  /** Puts a person into a group. */
  public void join(String uid, String group) {
    run(
        () -> {
          String dn = "cn=" + group + ",ou=groups,dc=example,dc=org";
          if (server.getEntry(dn) == null) {
            server.add(
                "dn: " + dn, "objectClass: groupOfNames", "cn: " + group, "member: " + BIND_DN);
          }
          server.modify(dn, new Modification(ModificationType.ADD, "member", dn(uid)));
        });
  }

  /** Takes a person out of a group. */
  public void leave(String uid, String group) {
    run(
        () ->
            server.modify(
                "cn=" + group + ",ou=groups,dc=example,dc=org",
                new Modification(ModificationType.DELETE, "member", dn(uid))));
  }

  /** Stops to answer. */
  public void stop() {
    server.shutDown(true);
  }

  /** Answers again. */
  public void resume() {
    run(server::startListening);
  }

  private static String dn(String uid) {
    return "uid=" + uid + ",ou=people,dc=example,dc=org";
  }

  private static void run(Change change) {
    try {
      change.make();
    } catch (LDAPException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Change {
    void make() throws LDAPException, LDIFException;
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
