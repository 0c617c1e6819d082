package org.mdlibs.registry.testing;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** OpenLDAP's server, as Debian packages it, with a certificate and a database of its own. */
public final class Slapd extends DirectoryEntries implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/sbin/slapd"), Path.of("/usr/local/libexec/slapd"));

  private final Path folder;
  private final int clearPort = ServerProcess.freePort();
  private final int tlsPort = ServerProcess.freePort();
  private ServerProcess process;
  private LDAPConnection connection;

  private Slapd(Path folder) {
    this.folder = folder;
  }

  /** The program, where it is installed. */
  static Optional<Path> program() {
    return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
  }

  /** Starts it in an empty folder. */
  static Slapd start(Path folder) throws IOException, GeneralSecurityException {
    var slapd = new Slapd(folder);
    Files.createDirectory(folder.resolve("db"));
    slapd.writeCertificate();
    slapd.writeConfiguration();
    slapd.resume();
    slapd.plant();
    return slapd;
  }

  private void writeCertificate() throws IOException, GeneralSecurityException {
    Path own = folder.resolve("own.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String options =
        " -genkeypair -alias directory -keyalg RSA -keysize 2048 -dname CN=localhost"
            + " -ext SAN=dns:localhost -storetype PKCS12 -storepass changeit -keystore ";
    var command =
        Stream.concat(
                Stream.of((keytool + options).split(" ", -1)).filter(word -> !word.isEmpty()),
                Stream.of(own.toString()))
            .toList();
    try {
      Process made = new ProcessBuilder(command).inheritIO().start();
      if (made.waitFor() != 0) {
        throw new IOException("keytool made no key");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    KeyStore keys = KeyStore.getInstance(own.toFile(), PASSWORD);
    Key key = keys.getKey("directory", PASSWORD);
    Certificate certificate = keys.getCertificate("directory");
    writePem("key.pem", "PRIVATE KEY", key.getEncoded());
    writePem("certificate.pem", "CERTIFICATE", certificate.getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("directory", certificate);
    try (var out = Files.newOutputStream(trustStore())) {
      trusted.store(out, PASSWORD);
    }
  }

  private void writePem(String file, String what, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private void writeConfiguration() throws IOException {
    Files.writeString(
        folder.resolve("slapd.conf"),
        """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload memberof
        pidfile %1$s/pid
        TLSCertificateFile %1$s/certificate.pem
        TLSCertificateKeyFile %1$s/key.pem
        database mdb
        maxsize 10485760
        suffix "%2$s"
        rootdn "%3$s"
        rootpw %4$s
        directory %1$s/db
        index objectClass,uid,member,entryUUID eq
        overlay memberof
        access to attrs=userPassword by anonymous auth by * none
        access to * by users read by * none
        """
            .formatted(folder, BASE, BIND_DN, BIND_PASSWORD));
  }

  /** The file of those whom a client has to trust; its password is {@code changeit}. */
  public Path trustStore() {
    return folder.resolve("trusted.p12");
  }

  /** Where it speaks in clear until it is asked to turn to TLS. */
  public String clearUrl() {
    return "ldap://localhost:" + clearPort;
  }

  /** Where it speaks TLS from the start. */
  public String tlsUrl() {
    return "ldaps://localhost:" + tlsPort;
  }

  /** The settings by which the registry finds it. */
  List<String> settings() {
    return List.of(
        "-Dmdlibs.ldap.url=" + clearUrl(),
        "-Dmdlibs.ldap.starttls=true",
        "-Dmdlibs.ldap.bind.dn=" + BIND_DN,
        "-Dmdlibs.ldap.bind.password=" + BIND_PASSWORD,
        "-Dmdlibs.ldap.user.base=ou=people," + BASE,
        "-Dmdlibs.ldap.group.base=ou=groups," + BASE,
        "-Dmdlibs.ldap.team.prefix=mdlibs-",
        "-Dmdlibs.ldap.admin.group=registry-administrators",
        "-Dmdlibs.ldap.sync.minutes=1",
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=changeit");
  }

  @Override
  LDAPInterface ldap() {
    return connection;
  }

  /** Stops to answer. */
  public void stop() {
    connection.close();
    process.close();
  }

  /** Answers again. */
  public void resume() {
    process =
        ServerProcess.start(
            List.of(
                program().orElseThrow().toString(),
                "-d",
                "0",
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-h",
                clearUrl() + " " + tlsUrl()),
            folder.resolve("log"),
            () -> ServerProcess.listens(clearPort) && ServerProcess.listens(tlsPort));
    try {
      connection =
          new LDAPConnection(
              new LDAPConnectionOptions(), "localhost", clearPort, BIND_DN, BIND_PASSWORD);
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
