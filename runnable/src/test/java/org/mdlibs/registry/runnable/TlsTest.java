package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
  @TempDir private Path folder;

  private static EarlySettings settings(Path store, String password) {
    return new EarlySettings(
        new Properties(),
        Map.of("MDLIBS_TLS_KEY_STORE", store.toString(), "MDLIBS_TLS_KEY_STORE_PASSWORD", password),
        new Properties());
  }

  @Test
  void is_not_spoken_when_no_key_store_is_named() throws Refusal {
    var none = new EarlySettings(new Properties(), Map.of(), new Properties());
    assertThat(Tls.of(none)).isEmpty();
    assertThat(Address.of(8080, none).url()).isEqualTo("http://localhost:8080/");
  }

  @Test
  void takes_the_one_key_of_a_store_of_either_type() throws Exception {
    for (String type : new String[] {"PKCS12", "JKS"}) {
      Path store = KeyStores.add(folder.resolve(type), "some-name", "-storetype", type);
      Tls tls = Tls.of(settings(store, KeyStores.PASSWORD)).orElseThrow();
      assertThat(tls.chain()).hasSize(1);
      assertThat(tls.expired()).isEmpty();
      KeyStore servers = KeyStore.getInstance("JKS");
      servers.load(null, null);
      tls.addTo(servers, "changeit".toCharArray());
      assertThat(servers.getKey("registry", "changeit".toCharArray())).isEqualTo(tls.key());
    }
  }

  @Test
  void takes_the_password_from_a_file() throws Exception {
    Path store = KeyStores.add(folder.resolve("store"), "key");
    Path password = Files.writeString(folder.resolve("password"), KeyStores.PASSWORD + "\n");
    var settings =
        new EarlySettings(
            new Properties(),
            Map.of(
                "MDLIBS_TLS_KEY_STORE",
                store.toString(),
                "MDLIBS_TLS_KEY_STORE_PASSWORD_FILE",
                password.toString()),
            new Properties());
    assertThat(Tls.of(settings)).isPresent();
  }

  @Test
  void tells_of_a_certificate_that_expired() throws Exception {
    Path store =
        KeyStores.add(folder.resolve("old"), "key", "-startdate", "-10d", "-validity", "5");
    assertThat(Tls.of(settings(store, KeyStores.PASSWORD)).orElseThrow().expired()).isPresent();
  }

  @Test
  void refuses_a_store_that_it_cannot_use_and_says_why() throws Exception {
    Path store = KeyStores.add(folder.resolve("store"), "key");
    assertRefused(settings(store, "wrong"), "that the password does not open: " + store);
    assertRefused(settings(folder.resolve("none"), "x"), "a file that cannot be read");
    assertRefused(settings(folder, "x"), "a file that cannot be read");
    Path text = Files.writeString(folder.resolve("text"), "-----BEGIN CERTIFICATE-----\n");
    assertRefused(settings(text, "x"), "no key store");
    KeyStores.add(store, "another");
    assertRefused(settings(store, KeyStores.PASSWORD), "with 2 private keys and not one");
    var bare =
        new EarlySettings(
            new Properties(), Map.of("MDLIBS_TLS_KEY_STORE", store.toString()), new Properties());
    assertRefused(bare, "MDLIBS_TLS_KEY_STORE_PASSWORD is needed");
  }

  private static void assertRefused(EarlySettings settings, String reason) {
    assertThatThrownBy(() -> Tls.of(settings))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(reason);
  }
}
