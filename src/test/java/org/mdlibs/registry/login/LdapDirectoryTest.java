package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryListenerConfig;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.naming.NamingException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.config.LdapConfig;
import org.mdlibs.registry.testing.Directory;

class LdapDirectoryTest {
  private static final String PASSWORD = "the password of ann";
  private static Directory directory;
  private static SSLContext before;

  /** A directory whose certificate, of the name localhost, this virtual machine trusts. */
  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "directory",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    SSLContext context = context(file);
    before = SSLContext.getDefault();
    SSLContext.setDefault(context);
    directory =
        Directory.start(
            InMemoryListenerConfig.createLDAPConfig("clear", null, 0, context.getSocketFactory()),
            InMemoryListenerConfig.createLDAPSConfig(
                "tls", null, 0, context.getServerSocketFactory(), context.getSocketFactory()));
    directory.add("ann", "ann@example.org", PASSWORD);
    directory.join("ann", "Writers");
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("directory", keys.getCertificate("directory"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @AfterAll
  static void stop() {
    SSLContext.setDefault(before);
    directory.close();
  }

  private static LdapConfig config(String url, boolean startTls, String password) {
    return new LdapConfig(
        url,
        startTls,
        Optional.of(Directory.BIND_DN),
        Optional.of(password),
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

  private static LdapConfig clear() {
    return config("ldap://localhost:" + directory.port("clear"), false, Directory.BIND_PASSWORD);
  }

  private static void works(LdapConfig config) throws NamingException {
    try (LdapDirectory ldap = LdapDirectory.open(config)) {
      LdapEntry ann = ldap.findByName("ann").orElseThrow();
      assertThat(ann.name()).isEqualTo("ann");
      assertThat(ann.mail()).isEqualTo("ann@example.org");
      assertThat(ann.groups()).containsExactly("writers");
      assertThat(ldap.authenticates(ann, PASSWORD)).isTrue();
      assertThat(ldap.authenticates(ann, "another")).isFalse();
      assertThat(ldap.findById(ann.id())).contains(ann);
    }
  }

  @Test
  void works_in_clear_with_start_tls_and_with_ldaps() throws NamingException {
    works(clear());
    works(config("ldap://localhost:" + directory.port("clear"), true, Directory.BIND_PASSWORD));
    works(config("ldaps://localhost:" + directory.port("tls"), false, Directory.BIND_PASSWORD));
  }

  @Test
  void refuses_a_certificate_of_another_name() {
    String clear = "ldap://127.0.0.1:" + directory.port("clear");
    String tls = "ldaps://127.0.0.1:" + directory.port("tls");
    assertThatThrownBy(() -> LdapDirectory.open(config(clear, true, Directory.BIND_PASSWORD)))
        .isInstanceOf(NamingException.class);
    assertThatThrownBy(() -> LdapDirectory.open(config(tls, false, Directory.BIND_PASSWORD)))
        .isInstanceOf(NamingException.class);
  }

  @Test
  void an_empty_password_never_reaches_the_directory() throws NamingException {
    try (LdapDirectory ldap = LdapDirectory.open(clear())) {
      LdapEntry nowhere = new LdapEntry("not even a name", "1", "ann", null, java.util.Set.of());
      assertThat(ldap.authenticates(nowhere, "")).isFalse();
    }
  }

  @Test
  void a_name_is_no_pattern() throws NamingException {
    try (LdapDirectory ldap = LdapDirectory.open(clear())) {
      for (String name : new String[] {"*", "a*", "ann)(uid=*", "*)(|(uid=*", "ann\0", "\\61nn"}) {
        assertThat(ldap.findByName(name)).as(name).isEmpty();
      }
    }
  }

  @Test
  void one_name_must_find_one_person() throws NamingException {
    directory.add("bob", "shared@example.org", PASSWORD);
    directory.add("cleo", "shared@example.org", PASSWORD);
    LdapConfig c = clear();
    var byMail =
        new LdapConfig(
            c.url(),
            false,
            c.bindDn(),
            c.bindPassword(),
            c.userBase(),
            "(mail={0})",
            Optional.empty(),
            c.groupFilter(),
            "entryUUID",
            "uid",
            "mail",
            null,
            null,
            c.sync());
    try (LdapDirectory ldap = LdapDirectory.open(byMail)) {
      assertThat(ldap.findByName("shared@example.org")).isEmpty();
      assertThat(ldap.findByName("ann@example.org").orElseThrow().groups()).isEmpty();
    }
  }

  @Test
  void says_that_it_cannot_search_when_its_own_password_is_wrong() {
    String url = "ldap://localhost:" + directory.port("clear");
    assertThatThrownBy(() -> LdapDirectory.open(config(url, false, "wrong")))
        .isInstanceOf(NamingException.class);
  }

  @Test
  void a_directory_that_hangs_is_given_up() throws Exception {
    try (var silent = new ServerSocket(0)) {
      String url = "ldap://localhost:" + silent.getLocalPort();
      assertThatThrownBy(() -> LdapDirectory.open(config(url, false, Directory.BIND_PASSWORD)))
          .isInstanceOf(NamingException.class);
    }
  }
}
