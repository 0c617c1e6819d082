package org.mdlibs.registry.config;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The directory that people log in with.
 *
 * @param url {@code ldap://host:389} or {@code ldaps://host:636}
 * @param startTls whether to turn to TLS before anything is said
 * @param bindDn who searches; empty: anonymous
 * @param userBase where people are
 * @param userFilter finds one by the name <code>{0}</code>
 * @param groupBase where groups are; empty: they are not asked for
 * @param groupFilter finds those of the DN <code>{0}</code> and the name <code>{1}</code>
 * @param idAttribute what never changes
 * @param teamPrefix lower case; null: groups make no members
 * @param adminGroup lower case; null: groups make no administrators
 * @param sync how often all accounts are brought up to date
 */
public record LdapConfig(
    String url,
    boolean startTls,
    Optional<String> bindDn,
    Optional<String> bindPassword,
    String userBase,
    String userFilter,
    Optional<String> groupBase,
    String groupFilter,
    String idAttribute,
    String nameAttribute,
    String mailAttribute,
    String teamPrefix,
    String adminGroup,
    Duration sync) {
  private static final String PREFIX = "mdlibs.ldap.";

  /** A week. */
  private static final int MAX_MINUTES = 7 * 24 * 60;

  /** The keys that have no default. */
  static final Set<String> KEYS =
      Set.of(
          "mdlibs.ldap.url",
          "mdlibs.ldap.bind.dn",
          "mdlibs.ldap.bind.password",
          "mdlibs.ldap.user.base",
          "mdlibs.ldap.group.base",
          "mdlibs.ldap.team.prefix",
          "mdlibs.ldap.admin.group");

  /** Reads the settings, when there is a URL. */
  static Optional<LdapConfig> read(Settings settings) {
    return settings.optional(PREFIX + "url").map(url -> new Reader(settings).read(url));
  }

  /** Never the password. */
  @Override
  public String toString() {
    return url;
  }

  private record Reader(Settings settings) {
    LdapConfig read(String url) {
      checkUrl(url);
      String userBase = optional("user.base").orElse("");
      if (userBase.isEmpty()) {
        fault("user.base", "is required with MDLIBS_LDAP_URL");
      }
      dn("user.base", userBase);
      Optional<String> groupBase = optional("group.base");
      groupBase.ifPresent(text -> dn("group.base", text));
      Optional<String> bindDn = optional("bind.dn");
      bindDn.ifPresent(text -> dn("bind.dn", text));
      Optional<String> bindPassword = optional("bind.password");
      if (bindDn.isPresent() != bindPassword.isPresent()) {
        fault("bind.password", "and MDLIBS_LDAP_BIND_DN are needed both or not at all");
      }
      String teamPrefix = lower("team.prefix");
      String adminGroup = lower("admin.group");
      if (groupBase.isEmpty() && (teamPrefix != null || adminGroup != null)) {
        fault("group.base", "is required for MDLIBS_LDAP_TEAM_PREFIX and MDLIBS_LDAP_ADMIN_GROUP");
      }
      boolean startTls = startTls(url);
      return new LdapConfig(
          url,
          startTls,
          bindDn,
          bindPassword,
          userBase,
          filter("user.filter", true),
          groupBase,
          filter("group.filter", false),
          text("id.attribute"),
          text("name.attribute"),
          text("mail.attribute"),
          teamPrefix,
          adminGroup,
          Duration.ofMinutes(settings.positive(PREFIX + "sync.minutes", MAX_MINUTES)));
    }

    private void checkUrl(String url) {
      try {
        URI uri = URI.create(url);
        boolean bare =
            uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/");
        if (Set.of("ldap", "ldaps").contains(String.valueOf(uri.getScheme()))
            && uri.getHost() != null
            && bare) {
          return;
        }
      } catch (IllegalArgumentException e) {
        // told below, with the key
      }
      fault("url", "must be ldap://host:port or ldaps://host:port, not '" + url + "'");
    }

    private boolean startTls(String url) {
      boolean startTls = settings.flag(PREFIX + "starttls");
      if (startTls && url.startsWith("ldaps:")) {
        fault("starttls", "is for ldap://; ldaps:// is encrypted from the start");
      }
      return startTls;
    }

    private String filter(String key, boolean byName) {
      String text = text(key);
      int depth = 0;
      boolean closedEarly = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        closedEarly |= depth == 0 && i < text.length() - 1;
      }
      if (!text.startsWith("(") || depth != 0 || closedEarly) {
        fault(key, "must be a filter in parentheses (RFC 4515), not '" + text + "'");
      }
      if (!text.contains("{0}") && (byName || !text.contains("{1}"))) {
        fault(key, "must say with {0} where the name stands");
      }
      return text;
    }

    private void dn(String key, String text) {
      try {
        new LdapName(text).size();
      } catch (InvalidNameException e) {
        fault(key, "must be a distinguished name (RFC 4514), not '" + text + "'");
      }
    }

    private Optional<String> optional(String key) {
      return settings.optional(PREFIX + key);
    }

    private String lower(String key) {
      return optional(key).map(text -> text.toLowerCase(Locale.ROOT)).orElse(null);
    }

    private String text(String key) {
      return settings.text(PREFIX + key);
    }

    private void fault(String key, String message) {
      settings.fault(PREFIX + key, message);
    }
  }
}
