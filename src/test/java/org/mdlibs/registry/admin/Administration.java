package org.mdlibs.registry.admin;

import java.net.http.HttpRequest.BodyPublishers;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;

/** What the tests of this package do as administrators, and beside the interface. */
final class Administration {
  private final RegistryClient client;
  private final RegistryServer server;

  Administration(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  /** A further administrator. */
  RegistryClient newAdministrator() {
    RegistryClient user = client.newUser();
    server.execute("update users set role = 'ADMIN' where username = ?", user.username());
    return user;
  }

  /** The first administrator is one, and nobody else is. */
  void restore() {
    server.execute("update users set role = 'ADMIN', suspended = false where username = 'admin'");
    server.execute("update users set role = 'USER' where role = 'ADMIN' and username <> 'admin'");
  }

  String id(String username) {
    return server.text("select id from users where username = ?", username);
  }

  String path(RegistryClient user) {
    return "/admin/users/" + id(user.username());
  }

  long events(String action, String target) {
    return server.count(
        "select count(*) from audit_events where action = ? and target = ?", action, target);
  }

  static Answer patch(RegistryClient caller, String path, String json) {
    return caller.send(
        caller
            .request(RegistryClient.API + path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  static Answer delete(RegistryClient caller, String path) {
    return caller.send(caller.request(RegistryClient.API + path).DELETE());
  }
}
