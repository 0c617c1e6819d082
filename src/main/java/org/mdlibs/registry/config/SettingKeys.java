package org.mdlibs.registry.config;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of all settings: {@code mdlibs.database.url} is {@code MDLIBS_DATABASE_URL}. */
final class SettingKeys {
  static final String PREFIX = "mdlibs.";

  /** By these the runnable jar and the WAR tell each other how a start and a stop go on. */
  static final Set<String> OF_THE_JAR =
      Set.of("mdlibs.started", "mdlibs.notice", "mdlibs.stopping", "mdlibs.stop.limits");

  /**
   * Those that have no default, and so are not in the file of defaults. The port and TLS are read
   * by the runnable jar alone.
   */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          "mdlibs.admin.password",
          "mdlibs.clamd",
          "mdlibs.config",
          "mdlibs.cors.origins",
          "mdlibs.database.password",
          "mdlibs.database.url",
          "mdlibs.database.user",
          "mdlibs.jwt.issuer",
          "mdlibs.metrics.token",
          "mdlibs.oidc.admin.group",
          "mdlibs.oidc.client.id",
          "mdlibs.oidc.client.secret",
          "mdlibs.oidc.issuer",
          "mdlibs.oidc.team.prefix",
          "mdlibs.port",
          "mdlibs.read.only",
          "mdlibs.secret.key",
          "mdlibs.tls.key.store",
          "mdlibs.tls.key.store.password",
          "mdlibs.trusted.proxies",
          "mdlibs.url");

  /** All that an operator can set. */
  static final Set<String> ALL =
      Stream.of(
              WITHOUT_DEFAULT,
              Defaults.KEYS,
              StorageSettings.KEYS,
              LdapConfig.KEYS,
              LogSettings.KEYS,
              TrustedIssuer.KEYS)
          .flatMap(Set::stream)
          .filter(key -> key.startsWith(PREFIX))
          .collect(Collectors.toUnmodifiableSet());

  private SettingKeys() {}

  /** The key that an environment variable sets. */
  static String of(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /**
   * Whether a name is that of a setting, or of a file with its value.
   *
   * @param name of a system property or of an environment variable
   */
  static boolean isKnown(String name) {
    String key = of(name);
    String plain = key.endsWith(".file") ? key.substring(0, key.length() - 5) : key;
    return ALL.contains(key) || ALL.contains(plain) || OF_THE_JAR.contains(key);
  }
}
