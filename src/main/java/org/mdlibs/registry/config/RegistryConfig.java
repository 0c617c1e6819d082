package org.mdlibs.registry.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;
import org.mdlibs.registry.datasource.DatabaseUrl;

/**
 * The settings, read once. Every key has its default in {@code
 * META-INF/microprofile-config.properties}; a key of dots ({@code mdlibs.database.url}) is an
 * environment variable of underscores ({@code MDLIBS_DATABASE_URL}).
 */
@ApplicationScoped
public class RegistryConfig {
  private final Settings settings;
  private final Path home;
  private final DatabaseUrl database;
  private final StorageSettings storage;
  private final Optional<URI> url;
  private final long maxArchiveBytes;
  private final long maxUnpackedBytes;
  private final int maxEntries;
  private final long maxFileBytes;
  private final long userQuotaBytes;
  private final long teamQuotaBytes;
  private final int teamsPerUser;
  private final boolean anonymousRead;
  private final boolean registrationOpen;
  private final boolean publicByDefault;
  private final FirstAdministrator firstAdministrator;
  private final TokenSettings tokens;
  private final RateLimitSettings rateLimits;
  private final HttpSettings http;
  private final Optional<String> readOnly;
  private final Optional<SecretBox> secretBox;
  private final TrustedProxies trustedProxies;
  private final Optional<OidcSettings> oidc;
  private final Optional<LdapConfig> ldap;
  private final Optional<TrustedIssuer> trustedIssuer;
  private final Optional<ScannerSettings> scanner;
  private final DownloadSettings downloads;
  private final boolean webhookAllowPrivate;
  private final boolean metricsEnabled;
  private final Optional<String> metricsToken;
  private final LogSettings log;

  /**
   * The account that is made on an empty database.
   *
   * @param password empty: a random one is made and shown once
   */
  public record FirstAdministrator(String username, String email, Optional<String> password) {}

  /** The settings of the server that this runs in. */
  public RegistryConfig() {
    this(Settings.ofServer());
  }

  /** Settings of another source. */
  RegistryConfig(Settings settings) {
    this.settings = settings;
    home = settings.path("mdlibs.home", settings.text("mdlibs.home"));
    database = database(settings);
    storage = StorageSettings.read(settings, home);
    url = settings.url("mdlibs.url");
    maxArchiveBytes = settings.positive("mdlibs.max.archive.bytes");
    maxUnpackedBytes = settings.positive("mdlibs.max.unpacked.bytes");
    maxEntries = settings.positive("mdlibs.max.entries", Integer.MAX_VALUE);
    maxFileBytes = settings.positive("mdlibs.max.file.bytes");
    userQuotaBytes = settings.positive("mdlibs.quota.user.bytes");
    teamQuotaBytes = settings.positive("mdlibs.quota.team.bytes");
    teamsPerUser = settings.positive("mdlibs.teams.per.user", Integer.MAX_VALUE);
    anonymousRead = settings.flag("mdlibs.anonymous.read");
    registrationOpen = settings.isFirst("mdlibs.registration", "open", "closed");
    publicByDefault = settings.isFirst("mdlibs.default.visibility", "public", "private");
    firstAdministrator =
        new FirstAdministrator(
            settings.text("mdlibs.admin.username"),
            settings.text("mdlibs.admin.email"),
            settings.optional("mdlibs.admin.password"));
    tokens = TokenSettings.read(settings, url);
    rateLimits = RateLimitSettings.read(settings);
    http = HttpSettings.read(settings);
    readOnly = settings.optional("mdlibs.read.only");
    secretBox = settings.parsed("mdlibs.secret.key", SecretBox::new);
    trustedProxies =
        settings
            .parsed("mdlibs.trusted.proxies", TrustedProxies::parse)
            .orElse(TrustedProxies.NONE);
    oidc = OidcSettings.read(settings, url.isPresent());
    ldap = LdapConfig.read(settings);
    trustedIssuer = TrustedIssuer.read(settings, tokens.issuer());
    scanner = ScannerSettings.read(settings);
    downloads = DownloadSettings.read(settings);
    webhookAllowPrivate = settings.flag("mdlibs.webhook.allow.private");
    metricsEnabled = settings.flag("mdlibs.metrics.enabled");
    metricsToken = settings.optional("mdlibs.metrics.token");
    log = LogSettings.read(settings);
  }

  /** The settings of a process without a server, such as a command of the runnable jar. */
  public static RegistryConfig ofProcess() {
    return new RegistryConfig(Settings.ofProcess());
  }

  private static DatabaseUrl database(Settings settings) {
    try {
      return DatabaseUrl.of(settings::optional);
    } catch (IllegalArgumentException e) {
      settings.fault(e.getMessage());
      return null;
    }
  }

  /**
   * Ends the start when a setting is nonsense.
   *
   * @throws IllegalStateException with a sentence per fault that names the key and the reason
   */
  public void check() {
    List<String> faults = settings.faults();
    if (!faults.isEmpty()) {
      throw new IllegalStateException("Wrong configuration: " + String.join("; ", faults));
    }
  }

  /** The names that look like settings of the registry and are none, so probably typing errors. */
  public List<String> unknownKeys() {
    var unknown = new TreeSet<String>();
    for (String name : ConfigProvider.getConfig().getPropertyNames()) {
      boolean isOurs = name.startsWith("MDLIBS_") || name.startsWith(SettingKeys.PREFIX);
      if (isOurs && !SettingKeys.isKnown(name)) {
        unknown.add(name);
      }
    }
    return List.copyOf(unknown);
  }

  /** The folder of everything that the embedded default keeps: absolute. */
  public Path home() {
    return home;
  }

  /** Where uploads wait for their checks; on the file system of the archives, emptied at start. */
  public Path uploads() {
    return home.resolve("tmp");
  }

  /** The database. */
  public DatabaseUrl database() {
    return database;
  }

  /** Where the archives lie. */
  public StorageSettings storage() {
    return storage;
  }

  /**
   * Another storage, spelled as {@code MDLIBS_STORAGE} is, with the same settings of S3; {@link
   * #check} then tells what is wrong with those.
   *
   * @throws IllegalArgumentException when it is none; the rest of a sentence
   */
  public StorageSettings storage(String text) {
    return StorageSettings.parse(text, settings, home);
  }

  /** The public base URL without a slash at its end, where one is configured. */
  public Optional<String> url() {
    return url.map(URI::toString);
  }

  /** Compressed bytes of one archive. */
  public long maxArchiveBytes() {
    return maxArchiveBytes;
  }

  /** Bytes of all files of one archive. */
  public long maxUnpackedBytes() {
    return maxUnpackedBytes;
  }

  /** Files and folders of one archive. */
  public int maxEntries() {
    return maxEntries;
  }

  /** Bytes of one file of an archive. */
  public long maxFileBytes() {
    return maxFileBytes;
  }

  /** Storage of one user's scope, in bytes, unless an administrator set another. */
  public long userQuotaBytes() {
    return userQuotaBytes;
  }

  /** Storage of one team's scope, in bytes, unless an administrator set another. */
  public long teamQuotaBytes() {
    return teamQuotaBytes;
  }

  /** Teams that one user, who is no administrator, can have made. */
  public int teamsPerUser() {
    return teamsPerUser;
  }

  /** Whether callers without credentials may read what is public. */
  public boolean anonymousRead() {
    return anonymousRead;
  }

  /** Whether anybody may register. */
  public boolean registrationOpen() {
    return registrationOpen;
  }

  /** Whether a new library is public when its publisher says nothing. */
  public boolean publicByDefault() {
    return publicByDefault;
  }

  /** The account that is made on an empty database. */
  public FirstAdministrator firstAdministrator() {
    return firstAdministrator;
  }

  /** The tokens that the registry gives out. */
  public TokenSettings tokens() {
    return tokens;
  }

  /** How often anybody may call. */
  public RateLimitSettings rateLimits() {
    return rateLimits;
  }

  /** What other sites' pages may do, and how the server stops. */
  public HttpSettings http() {
    return http;
  }

  /** Why the registry takes no writes, where the settings say so. */
  public Optional<String> readOnly() {
    return readOnly;
  }

  /** What secrets of the database are wrapped with, where a key for it is configured. */
  public Optional<SecretBox> secretBox() {
    return secretBox;
  }

  /** The proxies whose word about the client's address is believed. */
  public TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  /** The OpenID provider that lets people in, where one is configured. */
  public Optional<OidcSettings> oidc() {
    return oidc;
  }

  /** The directory that people log in with, where there is one. */
  public Optional<LdapConfig> ldap() {
    return ldap;
  }

  /** The other issuer whose tokens are accepted, where there is one. */
  public Optional<TrustedIssuer> trustedIssuer() {
    return trustedIssuer;
  }

  /** The malware scanner, where there is one. */
  public Optional<ScannerSettings> scanner() {
    return scanner;
  }

  /** What is kept of each download. */
  public DownloadSettings downloads() {
    return downloads;
  }

  /** Whether webhooks may lead into networks that are not the internet. */
  public boolean webhookAllowPrivate() {
    return webhookAllowPrivate;
  }

  /** Whether requests are measured and {@code /metrics} answers. */
  public boolean metricsEnabled() {
    return metricsEnabled;
  }

  /** The token that {@code /metrics} asks for; empty: it is open. */
  public Optional<String> metricsToken() {
    return metricsToken;
  }

  /** How the registry logs. */
  public LogSettings log() {
    return log;
  }
}
