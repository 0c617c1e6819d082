package org.mdlibs.registry.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.spi.LifecycleMethodExecutor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.mdlibs.registry.config.StorageSettings;
import org.mdlibs.registry.config.StorageSettings.Folder;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;

/**
 * The built WAR on a real server, started by Arquillian once for all tests; on SQLite, or on a
 * PostgreSQL that the build brings, as the system property {@code registry.database} says; with its
 * archives in files, or in a server of S3, as {@code registry.storage} says.
 */
public final class RegistryServer implements AutoCloseable {
  /** The first administrator's password. */
  public static final String ADMIN_PASSWORD = "the-first-administrator";

  /** The site whose pages may read what it answers. */
  public static final String FRIEND = "https://docs.example.org";

  /** What the server wraps its signing keys with. */
  public static final String SECRET_KEY = "a-key-of-the-tests-and-of-nothing-else";

  /** What {@code /metrics} asks for. */
  public static final String METRICS_TOKEN = "the-token-of-the-metrics";

  private final Path home;
  private final Optional<S3Server> s3;
  private final Blobs blobs;
  private final int port;
  private final EmbeddedPostgres postgres;
  private final TestRunnerAdaptor arquillian;
  private final OpenIdProvider provider;
  private final Directory directory;
  private final Issuer issuer;
  private final Optional<MalwareScanner> scanner;

  /** What Arquillian deploys, once. */
  static final class Suite {
    private Suite() {}

    @Deployment(testable = false)
    static WebArchive registry() {
      return ShrinkWrap.createFromZipFile(
          WebArchive.class, new File(System.getProperty("registry.war")));
    }
  }

  /** What Arquillian deploys where the server has the WAR already. */
  static final class Nothing {
    private Nothing() {}
  }

  private RegistryServer(
      Path home,
      Optional<S3Server> s3,
      Blobs blobs,
      int port,
      EmbeddedPostgres postgres,
      TestRunnerAdaptor arquillian,
      OpenIdProvider provider,
      Directory directory,
      Issuer issuer,
      Optional<MalwareScanner> scanner) {
    this.scanner = scanner;
    this.directory = directory;
    this.issuer = issuer;
    this.home = home;
    this.s3 = s3;
    this.blobs = blobs;
    this.port = port;
    this.postgres = postgres;
    this.arquillian = arquillian;
    this.provider = provider;
  }

  /** Starts database and server, and deploys the WAR. */
  public static RegistryServer start() {
    try {
      Path it = Files.createDirectories(Path.of(System.getProperty("registry.it")));
      Path home = Files.createTempDirectory(it, "home-");
      boolean onPostgres = System.getProperty("registry.database").equals("postgresql");
      EmbeddedPostgres postgres =
          onPostgres
              ? EmbeddedPostgres.builder().setDataDirectory(home.resolve("postgresql")).start()
              : null;
      int port = ServerProcess.freePort();
      OpenIdProvider provider = OpenIdProvider.start();
      Directory directory = Directory.start();
      Issuer issuer = Issuer.start();
      var options = new ArrayList<>(jvmOptions(home, postgres, port, provider));
      options.addAll(directory.settings());
      options.addAll(issuer.settings());
      Optional<S3Server> s3 =
          System.getProperty("registry.storage").equals("s3")
              ? Optional.of(S3Server.start(home.resolve("s3")))
              : Optional.empty();
      s3.ifPresent(server -> options.addAll(server.settings()));
      Path folder = home.resolve("storage");
      var blobs = new Blobs(s3.<StorageSettings>map(S3Server::bucket).orElse(new Folder(folder)));
      blobs.open();
      Optional<MalwareScanner> scanner =
          MalwareScanner.start(home.resolve("clamd"), "AlertExceedsMax yes");
      scanner.ifPresent(clamd -> options.addAll(clamd.settings()));
      AppServer server = AppServer.current();
      server.prepare(home, port, options);
      System.setProperty("registry.jvm.options", String.join(" ", options));
      TestRunnerAdaptor arquillian = TestRunnerAdaptorBuilder.build();
      arquillian.beforeSuite();
      arquillian.beforeClass(
          server.hasWar() ? Nothing.class : Suite.class, LifecycleMethodExecutor.NO_OP);
      return new RegistryServer(
          home, s3, blobs, port, postgres, arquillian, provider, directory, issuer, scanner);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The server of the tests did not start", e);
    }
  }

  private static List<String> jvmOptions(
      Path home, EmbeddedPostgres postgres, int port, OpenIdProvider provider) {
    String agent = System.getProperty("registry.agent", "");
    return Stream.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            agent,
            "-Dmdlibs.home=" + home,
            "-Dmdlibs.admin.username=admin",
            "-Dmdlibs.admin.email=admin@example.org",
            "-Dmdlibs.admin.password=" + ADMIN_PASSWORD,
            "-Dmdlibs.max.archive.bytes=1000000",
            "-Dmdlibs.max.unpacked.bytes=3000000",
            "-Dmdlibs.max.file.bytes=2000000",
            "-Dmdlibs.max.entries=200",
            "-Dmdlibs.quota.user.bytes=2500000",
            "-Dmdlibs.secret.key=" + SECRET_KEY,
            "-Dmdlibs.metrics.token=" + METRICS_TOKEN,
            "-Dmdlibs.trusted.proxies=127.0.0.0/8,::1",
            "-Dmdlibs.webhook.allow.private=true",
            "-Dmdlibs.download.event.addresses=truncated",
            // So much that only LimitsIT reaches it; logins are limited as by default.
            "-Dmdlibs.rate.limit.anonymous.per.minute=1500",
            "-Dmdlibs.rate.limit.user.per.minute=100000",
            "-Dmdlibs.rate.limit.search.per.minute=2000",
            "-Dmdlibs.rate.limit.publish.per.hour=600",
            "-Dmdlibs.cors.origins=" + FRIEND,
            "-Dmdlibs.url=http://localhost:" + port,
            "-Dmdlibs.jwt.issuer=mdlibs",
            "-Dmdlibs.oidc.issuer=" + provider.issuer(),
            "-Dmdlibs.oidc.client.id=" + OpenIdProvider.CLIENT,
            "-Dmdlibs.oidc.client.secret=a-secret-of-the-tests",
            "-Dmdlibs.oidc.admin.group=registry-admins",
            "-Dmdlibs.oidc.team.prefix=team-",
            postgres == null
                ? ""
                : "-Dmdlibs.database.url=postgresql://postgres:postgres@localhost:"
                    + postgres.getPort()
                    + "/postgres")
        .filter(option -> !option.isEmpty())
        .toList();
  }

  /** Where it answers. */
  public URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  /** The directory that it lets people in from. */
  public Directory directory() {
    return directory;
  }

  /** The other issuer that it trusts. */
  public Issuer issuer() {
    return issuer;
  }

  /** The malware scanner that it asks, where one is installed. */
  public Optional<MalwareScanner> scanner() {
    return scanner;
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** The OpenID provider that it trusts. */
  public OpenIdProvider provider() {
    return provider;
  }

  /** The files that wait in the folder for uploads: none between requests. */
  public List<Path> waitingUploads() {
    return files(home.resolve("tmp"));
  }

  /** The archives that are stored. */
  public List<BlobKey> blobs() {
    var keys = new ArrayList<BlobKey>();
    blobs.list(blob -> keys.add(blob.key()));
    return keys;
  }

  /** Its storage, to look into and to change behind its back. */
  public Blobs storage() {
    return blobs;
  }

  /** Its database, to look into from beside it. */
  public DatabaseUrl databaseUrl() {
    return postgres == null
        ? DatabaseUrl.parse("", home)
        : DatabaseUrl.parse(postgres.getJdbcUrl("postgres", "postgres"), home);
  }

  /** Does something while the storage is away. */
  public void withoutStorage(Runnable act) throws IOException {
    Path archives = home.resolve("storage").resolve("archives");
    Path away = home.resolve("storage").resolve("away");
    if (s3.isPresent()) {
      s3.get().stop();
    } else {
      // Not by permissions, which do not bind the superuser.
      Files.move(archives, away);
      Files.createFile(archives);
    }
    try {
      act.run();
    } finally {
      if (s3.isPresent()) {
        s3.get().resume();
      } else {
        Files.delete(archives);
        Files.move(away, archives);
      }
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number that the database answers. */
  public long count(String sql, Object... values) {
    return Long.parseLong(text(sql, values));
  }

  /** A text that the database answers. */
  public String text(String sql, Object... values) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes the database beside the server, for states that no request can make yet. */
  public void execute(String sql, Object... values) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection to the database beside the server. */
  public Connection connect() throws SQLException {
    return postgres == null
        ? DriverManager.getConnection(
            "jdbc:sqlite:" + home.resolve("mdlibs.db") + "?busy_timeout=10000")
        : postgres.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() {
    try {
      arquillian.afterClass(
          AppServer.current().hasWar() ? Nothing.class : Suite.class,
          LifecycleMethodExecutor.NO_OP);
      arquillian.afterSuite();
      arquillian.shutdown();
      provider.close();
      directory.close();
      issuer.close();
      blobs.close();
      s3.ifPresent(S3Server::close);
      scanner.ifPresent(MalwareScanner::close);
      if (postgres != null) {
        postgres.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("The server of the tests did not stop", e);
    }
  }

  /** Whether a path with encoded control characters reaches the registry. */
  public boolean passesControlCharacters() {
    return AppServer.current().passesControlCharacters();
  }
}
