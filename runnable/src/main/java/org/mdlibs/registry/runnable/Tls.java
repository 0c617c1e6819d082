package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The key and the certificate that the one port of the server speaks TLS with.
 *
 * @param chain the server's own certificate first
 */
record Tls(Key key, List<Certificate> chain) {
  static final String STORE = "mdlibs.tls.key.store";
  static final String PASSWORD = "mdlibs.tls.key.store.password";

  /** What {@code domain.xml} calls the entry. */
  private static final String ALIAS = "registry";

  /**
   * Reads what {@code MDLIBS_TLS_KEY_STORE} names: a key store, PKCS #12 or JKS, with one private
   * key, which has the store's password.
   *
   * @return empty when it names none
   * @throws Refusal when it cannot be used, with the reason
   */
  static Optional<Tls> of(EarlySettings settings) throws Refusal {
    Optional<String> file = settings.find(STORE);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String told = EarlySettings.variable(STORE) + " names ";
    String name = file.get();
    char[] password =
        settings
            .findSecret(PASSWORD)
            .orElseThrow(
                () -> new Refusal(EarlySettings.variable(PASSWORD) + " is needed for " + name))
            .toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(Path.of(name).toFile(), password);
      var keys = new ArrayList<String>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new Refusal(
            told + "a key store with " + keys.size() + " private keys and not one: " + name);
      }
      String alias = keys.get(0);
      return Optional.of(
          new Tls(store.getKey(alias, password), List.of(store.getCertificateChain(alias))));
    } catch (IOException e) {
      boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
      String what = wrong ? "a key store that the password does not open: " : "no key store: ";
      throw new Refusal(told + (readable(name) ? what : "a file that cannot be read: ") + name, e);
    } catch (UnrecoverableKeyException e) {
      throw new Refusal(told + "a key store whose key has another password: " + name, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      String what = readable(name) ? "no key store: " : "a file that cannot be read: ";
      throw new Refusal(told + what + name, e);
    }
  }

  private static boolean readable(String name) {
    try {
      return Files.isReadable(Path.of(name)) && Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** When the certificate stops to be valid, if that is over. */
  Optional<Instant> expired() {
    return Optional.of(((X509Certificate) chain.get(0)).getNotAfter().toInstant())
        .filter(end -> end.isBefore(Instant.now()));
  }

  /** Puts them into the store of the server. */
  void addTo(KeyStore store, char[] password) throws GeneralSecurityException {
    store.setKeyEntry(ALIAS, key, password, chain.toArray(new Certificate[0]));
  }
}
