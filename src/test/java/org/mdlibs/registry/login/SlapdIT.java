package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.config.LdapConfig;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RealParts;
import org.mdlibs.registry.testing.RealPartsTest;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.Slapd;

/** The rules of {@link LdapIT} that a real server could break, by StartTLS. */
@RealPartsTest(RealPartsTest.Part.SLAPD)
class SlapdIT {
  private static final String SECRET = "the secret of the company";

  private final RegistryClient client;
  private final Slapd slapd;
  private final String name = "dir" + Long.toString(System.nanoTime(), 36);

  SlapdIT(RealParts parts) {
    this.client = parts.client();
    this.slapd = parts.slapd();
    slapd.add(name, name + "@company.example", SECRET);
  }

  private RegistryClient login() {
    return client.withToken(client.loginAnswer(name, SECRET).is(200).string("token"));
  }

  private static List<String> teams(RegistryClient who) {
    return who
        .get("/users/me")
        .is(200)
        .json()
        .getJsonArray("teams")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(team -> team.getString("name") + " " + team.getString("role"))
        .toList();
  }

  private static int roles(RegistryClient who) {
    return who.get("/users/me").is(200).json().getJsonArray("roles").size();
  }

  @Test
  void a_password_of_the_directory_makes_the_account_and_opens_it_again() {
    String id = login().get("/users/me").is(200).string("id");
    slapd.changeMail(name, name + "@new.example");
    Answer again = login().get("/users/me").is(200);
    assertThat(again.string("id")).isEqualTo(id);
    assertThat(again.string("email")).isEqualTo(name + "@new.example");
    client.loginAnswer(name, "wrong").isProblem(401, "INVALID_CREDENTIALS");
    client.loginAnswer(name, "").isProblem(400, "INVALID_INPUT");
    client.loginAnswer(name.substring(0, 5) + "*", SECRET).isProblem(401, "INVALID_CREDENTIALS");
  }

  @Test
  void who_is_renamed_keeps_the_account() {
    login();
    slapd.rename(name, name + "-2");
    Answer renamed = client.loginAnswer(name + "-2", SECRET).is(200);
    assertThat(renamed.json().getJsonObject("user").getString("username")).isEqualTo(name);
  }

  @Test
  void groups_give_and_take_teams_and_the_role_of_administrators() {
    String team = name + "-team";
    client.newUser().post("/teams", "{\"name\":\"" + team + "\"}").is(201);
    slapd.join(name, "mdlibs-" + team);
    slapd.join(name, "registry-administrators");
    RegistryClient in = login();
    assertThat(teams(in)).containsExactly(team + " member");
    assertThat(roles(in)).isEqualTo(2);
    slapd.leave(name, "mdlibs-" + team);
    slapd.leave(name, "registry-administrators");
    login();
    assertThat(teams(in)).isEmpty();
    assertThat(roles(in)).isEqualTo(1);
  }

  @Test
  void a_removal_takes_effect_without_a_login() throws InterruptedException {
    RegistryClient in = login();
    in.get("/users/me").is(200);
    slapd.remove(name);
    eventually(() -> in.get("/users/me").status() == 401);
    String found = client.admin().get("/admin/users?suspended=true&q=" + name).is(200).text();
    assertThat(found).contains("\"suspended_by\":[\"source\"]");
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.sleep(500);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void while_it_is_down_its_accounts_wait_and_the_others_work() {
    RegistryClient in = login();
    RegistryClient ann = client.newUser();
    slapd.stop();
    try {
      client.loginAnswer(name, SECRET).isProblem(503, "DIRECTORY_UNAVAILABLE");
      client.loginAnswer(ann.username(), RegistryClient.PASSWORD).is(200);
      in.get("/users/me").is(200);
    } finally {
      slapd.resume();
    }
    login();
  }

  @Test
  void is_spoken_to_in_clear_by_start_tls_and_by_ldaps() throws Exception {
    slapd.join(name, "Writers");
    SSLContext before = SSLContext.getDefault();
    works(config(slapd.clearUrl(), false));
    SSLContext.setDefault(trusting(slapd.trustStore()));
    try {
      works(config(slapd.clearUrl(), true));
      works(config(slapd.tlsUrl(), false));
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void a_certificate_that_nobody_trusts_is_refused() {
    Stream.of(config(slapd.clearUrl(), true), config(slapd.tlsUrl(), false))
        .forEach(
            untrusted ->
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> works(untrusted))
                    .isInstanceOf(NamingException.class));
  }

  private static SSLContext trusting(Path store) throws Exception {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private void works(LdapConfig config) throws NamingException {
    try (LdapDirectory ldap = LdapDirectory.open(config)) {
      LdapEntry entry = ldap.findByName(name).orElseThrow();
      assertThat(entry.groups()).containsExactly("writers");
      assertThat(ldap.authenticates(entry, SECRET)).isTrue();
      assertThat(ldap.authenticates(entry, "another")).isFalse();
      assertThat(ldap.findById(entry.id())).contains(entry);
    }
  }

  private static LdapConfig config(String url, boolean startTls) {
    return new LdapConfig(
        url,
        startTls,
        Optional.of(Slapd.BIND_DN),
        Optional.of(Slapd.BIND_PASSWORD),
        "ou=people,dc=example,dc=org",
        "(uid={0})",
        Optional.of("ou=groups,dc=example,dc=org"),
        "(member={0})",
        "entryUUID",
        "uid",
        "mail",
        null,
        null,
        Duration.ofMinutes(5));
  }
}
