package org.mdlibs.registry.testing;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.OperationType;
import java.util.List;
import java.util.Set;

/** A company's LDAP directory, in memory. Nobody searches it without a password. */
public final class Directory extends DirectoryEntries implements AutoCloseable {
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
      var config = new InMemoryDirectoryServerConfig(BASE);
      config.setListenerConfigs(listeners);
      config.setAuthenticationRequiredOperationTypes(Set.of(OperationType.SEARCH));
      config.addAdditionalBindCredentials(BIND_DN, BIND_PASSWORD);
      var server = new InMemoryDirectoryServer(config);
      server.startListening();
      var directory = new Directory(server);
      directory.plant();
      return directory;
    } catch (LDAPException e) {
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

  /** Stops to answer. */
  public void stop() {
    server.shutDown(true);
  }

  /** Answers again. */
  public void resume() {
    run(server::startListening);
  }

  @Override
  LDAPInterface ldap() {
    return server;
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
