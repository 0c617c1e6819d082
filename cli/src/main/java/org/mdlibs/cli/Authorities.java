package org.mdlibs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities of a file beside those that Java brings: beside, for a registry of a
 * company's own may lead downloads to a storage with a public certificate.
 */
final class Authorities {
  private Authorities() {}

  /**
   * Makes what connections are secured with.
   *
   * @param file certificates in PEM (RFC 7468), one or more
   * @throws Failure with exit code 2 when it holds none
   */
  static SSLSocketFactory with(Path file) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int count = 0;
      for (X509Certificate known : javas()) {
        all.setCertificateEntry("java-" + count++, known);
      }
      for (Certificate own : read(file)) {
        all.setCertificateEntry("own-" + count++, own);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(all), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Collection<? extends Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw none(file, "it holds no certificate", null);
      }
      return found;
    } catch (IOException e) {
      throw none(file, e instanceof NoSuchFileException ? "it does not exist" : e.getMessage(), e);
    } catch (CertificateException e) {
      throw none(file, "it is no PEM file of certificates", e);
    }
  }

  private static Failure none(Path file, String why, Exception cause) {
    return new Failure(
        ExitCode.USAGE,
        "The certificate authorities in " + file + " cannot be read: " + why + ".",
        "Set MDLIBS_CA_FILE (or ca_file in config.toml, or SSL_CERT_FILE) to a PEM file.",
        cause);
  }

  private static X509Certificate[] javas() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
