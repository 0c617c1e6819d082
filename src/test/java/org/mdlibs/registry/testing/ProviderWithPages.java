package org.mdlibs.registry.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An OpenID provider that people log in to on its own pages: the program {@code
 * src/test/oidc-provider}, which needs Node.js, and {@code npm ci} in that folder once.
 */
public final class ProviderWithPages implements AutoCloseable {
  private static final String CLIENT = "the-registry";
  private static final String SECRET = "a-secret-of-the-tests";
  private static final Path FOLDER = Path.of("src/test/oidc-provider").toAbsolutePath();

  private final ServerProcess process;
  private final int port;

  private ProviderWithPages(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether all that it needs is installed. */
  static boolean isInstalled() {
    return node().isPresent() && Files.isDirectory(FOLDER.resolve("node_modules/oidc-provider"));
  }

  private static Optional<Path> node() {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it for a registry of a URL. */
  static ProviderWithPages start(Path log, String registry) {
    int port = ServerProcess.freePort();
    var command =
        List.of(
            node().orElseThrow().toString(),
            FOLDER.resolve("provider.mjs").toString(),
            String.valueOf(port),
            registry + "/api/v1/auth/oidc/callback",
            CLIENT,
            SECRET);
    return new ProviderWithPages(
        ServerProcess.start(command, log, () -> ServerProcess.listens(port)), port);
  }

  /** How it calls itself. */
  public String issuer() {
    return "http://localhost:" + port;
  }

  /** The settings by which the registry finds it. */
  List<String> settings() {
    return List.of(
        "-Dmdlibs.oidc.issuer=" + issuer(),
        "-Dmdlibs.oidc.client.id=" + CLIENT,
        "-Dmdlibs.oidc.client.secret=" + SECRET,
        "-Dmdlibs.oidc.admin.group=registry-admins",
        "-Dmdlibs.oidc.team.prefix=team-");
  }

  @Override
  public void close() {
    process.close();
  }
}
