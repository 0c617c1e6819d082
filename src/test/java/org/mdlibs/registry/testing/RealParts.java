package org.mdlibs.registry.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A registry of its own, on SQLite, with the directory and the provider that this machine has
 * installed. One for all tests that want it.
 */
public final class RealParts implements AutoCloseable {
  private final URI registry;
  private final Optional<Slapd> slapd;
  private final Optional<ProviderWithPages> provider;
  private final ServerProcess process;

  private RealParts(
      URI registry,
      Optional<Slapd> slapd,
      Optional<ProviderWithPages> provider,
      ServerProcess process) {
    this.registry = registry;
    this.slapd = slapd;
    this.provider = provider;
    this.process = process;
  }

  static RealParts start() {
    try {
      Path it = Files.createDirectories(Path.of(System.getProperty("registry.it")));
      Path folder = Files.createTempDirectory(it, "real-");
      int port = ServerProcess.freePort();
      URI registry = URI.create("http://localhost:" + port);
      Optional<Slapd> slapd =
          Slapd.program().isPresent()
              ? Optional.of(Slapd.start(Files.createDirectory(folder.resolve("slapd"))))
              : Optional.empty();
      Optional<ProviderWithPages> provider =
          ProviderWithPages.isInstalled()
              ? Optional.of(
                  ProviderWithPages.start(folder.resolve("provider.log"), registry.toString()))
              : Optional.empty();
      var command = command(it, folder, port);
      slapd.map(Slapd::settings).ifPresent(settings -> command.addAll(1, settings));
      provider.map(ProviderWithPages::settings).ifPresent(set -> command.addAll(1, set));
      var process =
          ServerProcess.start(command, folder.resolve("registry.log"), () -> answers(registry));
      return new RealParts(registry, slapd, provider, process);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("The real parts did not start", e);
    }
  }

  private static List<String> command(Path it, Path folder, int port) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dmdlibs.home=" + folder.resolve("home"),
            "-Dmdlibs.url=http://localhost:" + port,
            "-Dmdlibs.admin.username=admin",
            "-Dmdlibs.admin.email=admin@example.org",
            "-Dmdlibs.admin.password=" + RegistryServer.ADMIN_PASSWORD,
            "-jar",
            it.resolve("payara-micro.jar").toString(),
            "--deploy",
            System.getProperty("registry.war"),
            "--contextroot",
            "/",
            "--nocluster",
            "--nohazelcast",
            "--disablephonehome",
            "--port",
            String.valueOf(port),
            "--prebootcommandfile",
            AppServer.config("payara-micro").resolve("pre-boot.asadmin").toString()));
  }

  private static boolean answers(URI registry) {
    try {
      var connection = (HttpURLConnection) registry.resolve("/health").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where the registry answers. */
  public URI registry() {
    return registry;
  }

  /** Nobody, as a caller of the registry. */
  public RegistryClient client() {
    return new RegistryClient(registry);
  }

  /** The directory. */
  public Slapd slapd() {
    return slapd.orElseThrow();
  }

  /** The OpenID provider. */
  public ProviderWithPages provider() {
    return provider.orElseThrow();
  }

  @Override
  public void close() {
    process.close();
    provider.ifPresent(ProviderWithPages::close);
    slapd.ifPresent(Slapd::close);
  }
}
