package org.mdlibs.registry.config;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.mdlibs.registry.datasource.DatabaseUrl;

/**
 * The settings, read once. Every key has its default in {@code
 * META-INF/microprofile-config.properties}; a key of dots ({@code mdlibs.database.url}) is an
 * environment variable of underscores ({@code MDLIBS_DATABASE_URL}).
 */
@ApplicationScoped
public class RegistryConfig {
  private static final String PREFIX = "mdlibs.";

  /** A hundred years. */
  private static final long MAX_HOURS = 100 * 365 * 24;

  /** The keys that have no default and so are not in the file of defaults. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          "mdlibs.started",
          "mdlibs.notice",
          "mdlibs.url",
          "mdlibs.config",
          "mdlibs.database.url",
          "mdlibs.database.user",
          "mdlibs.database.password",
          "mdlibs.storage",
          "mdlibs.admin.password",
          "mdlibs.jwt.issuer",
          "mdlibs.oidc.issuer",
          "mdlibs.oidc.client.id",
          "mdlibs.oidc.client.secret",
          "mdlibs.oidc.admin.group",
          "mdlibs.oidc.team.prefix",
          "mdlibs.secret.key",
          "mdlibs.trusted.proxies");

  private static final int MAX_DAYS = 36_500;
  private static final int MAX_PER_MINUTE = 6_000;

  private final List<String> faults = new ArrayList<>();
  private Config config;
  private Path home;
  private DatabaseUrl database;
  private Path storage;
  private Optional<URI> url;
  private long maxArchiveBytes;
  private long maxUnpackedBytes;
  private int maxEntries;
  private long maxFileBytes;
  private long userQuotaBytes;
  private long teamQuotaBytes;
  private boolean anonymousRead;
  private boolean registrationOpen;
  private boolean publicByDefault;
  private Duration loginTokenLifetime;
  private String issuer;
  private String audience;
  private FirstAdministrator firstAdministrator;
  private int apiTokenMaxDays;
  private Duration keyRotation;
  private boolean rateLimitEnabled;
  private int loginsPerMinute;
  private Optional<SecretBox> secretBox;
  private TrustedProxies trustedProxies = TrustedProxies.NONE;
  private Optional<OidcSettings> oidc;
  private Optional<LdapConfig> ldap;
  private Optional<TrustedIssuer> trustedIssuer;

  /**
   * The account that is made on an empty database.
   *
   * @param password empty: a random one is made and shown once
   */
  public record FirstAdministrator(String username, String email, Optional<String> password) {}

  @PostConstruct
  void read() {
    config = ConfigProvider.getConfig();
    home = path("mdlibs.home", text("mdlibs.home"));
    try {
      database = DatabaseUrl.of(config);
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
    storage = storage(optional("mdlibs.storage").orElse("filesystem:"));
    url = optional("mdlibs.url").map(text -> publicUrl("mdlibs.url", text));
    maxArchiveBytes = positive("mdlibs.max.archive.bytes");
    maxUnpackedBytes = positive("mdlibs.max.unpacked.bytes");
    maxEntries = (int) positive("mdlibs.max.entries", Integer.MAX_VALUE);
    maxFileBytes = positive("mdlibs.max.file.bytes");
    userQuotaBytes = positive("mdlibs.quota.user.bytes");
    teamQuotaBytes = positive("mdlibs.quota.team.bytes");
    anonymousRead = oneOf("mdlibs.anonymous.read", "true", "false").equals("true");
    registrationOpen = oneOf("mdlibs.registration", "open", "closed").equals("open");
    publicByDefault = oneOf("mdlibs.default.visibility", "public", "private").equals("public");
    loginTokenLifetime = Duration.ofHours(positive("mdlibs.login.token.hours", MAX_HOURS));
    audience = text("mdlibs.jwt.audience");
    issuer = optional("mdlibs.jwt.issuer").or(() -> url.map(URI::toString)).orElse("mdlibs");
    firstAdministrator =
        new FirstAdministrator(
            text("mdlibs.admin.username"),
            text("mdlibs.admin.email"),
            optional("mdlibs.admin.password"));
    apiTokenMaxDays = atMost(MAX_DAYS, "mdlibs.api.token.max.days");
    keyRotation = Duration.ofDays(atMost(MAX_DAYS, "mdlibs.jwt.key.rotation.days"));
    rateLimitEnabled = oneOf("mdlibs.rate.limit.enabled", "true", "false").equals("true");
    loginsPerMinute = atMost(MAX_PER_MINUTE, "mdlibs.rate.limit.login.per.minute");
    secretBox = parsed("mdlibs.secret.key", SecretBox::new);
    trustedProxies =
        parsed("mdlibs.trusted.proxies", TrustedProxies::parse).orElse(TrustedProxies.NONE);
    oidc = OidcSettings.read(this::optional, this::text, this::fault, url.isPresent());
    ldap = LdapConfig.read(this::optional, this::fault);
    trustedIssuer = TrustedIssuer.read(this::optional, issuer, this::fault);
  }

  /**
   * Ends the start when a setting is nonsense.
   *
   * @throws IllegalStateException with a sentence per fault that names the key and the reason
   */
  public void check() {
    if (!faults.isEmpty()) {
      throw new IllegalStateException("Wrong configuration: " + String.join("; ", faults));
    }
  }

  /** The names that look like settings of the registry and are none, so probably typing errors. */
  public List<String> unknownKeys() {
    var unknown = new TreeSet<String>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("MDLIBS_") || name.startsWith(PREFIX)) {
        String key = name.toLowerCase(java.util.Locale.ROOT).replace('_', '.');
        String plain = key.endsWith(".file") ? key.substring(0, key.length() - 5) : key;
        if (!isKnown(key) && !isKnown(plain)) {
          unknown.add(name);
        }
      }
    }
    return List.copyOf(unknown);
  }

  private boolean isKnown(String key) {
    return WITHOUT_DEFAULT.contains(key)
        || Defaults.KEYS.contains(key)
        || LdapConfig.KEYS.contains(key)
        || TrustedIssuer.KEYS.contains(key);
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

  /** The folder of the archives: absolute. */
  public Path storage() {
    return storage;
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

  /** How long a login token lives. */
  public Duration loginTokenLifetime() {
    return loginTokenLifetime;
  }

  /** The {@code iss} of login tokens. */
  public String issuer() {
    return issuer;
  }

  /** The {@code aud} of login tokens. */
  public String audience() {
    return audience;
  }

  /** The account that is made on an empty database. */
  public FirstAdministrator firstAdministrator() {
    return firstAdministrator;
  }

  /** Longest life of an API token, in days; also of one whose maker does not say. */
  public int apiTokenMaxDays() {
    return apiTokenMaxDays;
  }

  /** How old the newest signing key may be. */
  public Duration keyRotation() {
    return keyRotation;
  }

  /** Whether anything is throttled at all. */
  public boolean rateLimitEnabled() {
    return rateLimitEnabled;
  }

  /** How many logins of one account may fail from one address in a minute. */
  public int loginsPerMinute() {
    return loginsPerMinute;
  }

  /** What secrets of the database are wrapped with, where a key for it is configured. */
  public Optional<SecretBox> secretBox() {
    return secretBox;
  }

  /** The proxies whose word about the client's address is believed. */
  public TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  private int atMost(int most, String key) {
    long value = positive(key);
    if (value > most) {
      fault(key, "must be at most " + most + ", not " + value);
      return most;
    }
    return (int) value;
  }

  /** A setting without a default, read by a parser that tells what is wrong with it. */
  private <T> Optional<T> parsed(String key, Function<String, T> parser) {
    try {
      return optional(key).map(parser);
    } catch (IllegalArgumentException e) {
      fault(key, e.getMessage());
      return Optional.empty();
    }
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

  private Optional<String> optional(String key) {
    return config.getOptionalValue(key, String.class).map(String::strip).filter(v -> !v.isEmpty());
  }

  private String text(String key) {
    return optional(key).orElseGet(() -> Defaults.of(key));
  }

  private long positive(String key) {
    return positive(key, Long.MAX_VALUE);
  }

  private long positive(String key, long most) {
    String text = text(key);
    try {
      long value = Long.parseLong(text);
      if (value > 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, with the key
    }
    String bound = most == Long.MAX_VALUE ? "" : " of at most " + most;
    fault(key, "must be a positive whole number" + bound + ", not '" + text + "'");
    return 1;
  }

  private String oneOf(String key, String first, String second) {
    String text = text(key);
    if (!text.equals(first) && !text.equals(second)) {
      fault(key, "must be '" + first + "' or '" + second + "', not '" + text + "'");
    }
    return text;
  }

  private Path path(String key, String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      fault(key, "is no valid path: " + e.getReason());
      return Path.of("").toAbsolutePath();
    }
  }

  private Path storage(String text) {
    if (!text.startsWith("filesystem:")) {
      fault("mdlibs.storage", "must start with filesystem:, not '" + text + "'");
      return home;
    }
    String folder = text.substring("filesystem:".length());
    return folder.isEmpty() ? home.resolve("storage") : path("mdlibs.storage", folder);
  }

  private URI publicUrl(String key, String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, with the key
    }
    fault(key, "must be an http or https URL, not '" + text + "'");
    return URI.create("http://localhost");
  }

  private void fault(String key, String message) {
    faults.add(key.toUpperCase(java.util.Locale.ROOT).replace('.', '_') + " " + message);
  }
}
