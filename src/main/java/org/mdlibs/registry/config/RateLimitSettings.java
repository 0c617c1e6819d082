package org.mdlibs.registry.config;

/**
 * How often anybody may call.
 *
 * @param enabled whether anything is limited, and logins throttled, at all
 * @param anonymousPerMinute calls without credentials of one address
 * @param userPerMinute calls of one user
 * @param searchPerMinute searches of one user, or of one address without credentials
 * @param loginsPerMinute logins of one account that may fail from one address; ten times as many
 *     may be tried
 * @param publishPerHour versions that are published in one scope
 */
public record RateLimitSettings(
    boolean enabled,
    int anonymousPerMinute,
    int userPerMinute,
    int searchPerMinute,
    int loginsPerMinute,
    int publishPerHour) {
  private static final String PREFIX = "mdlibs.rate.limit.";
  private static final int MOST_LOGINS = 6_000;
  private static final int MOST = 100_000_000;

  static RateLimitSettings read(Settings settings) {
    return new RateLimitSettings(
        settings.flag(PREFIX + "enabled"),
        settings.positive(PREFIX + "anonymous.per.minute", MOST),
        settings.positive(PREFIX + "user.per.minute", MOST),
        settings.positive(PREFIX + "search.per.minute", MOST),
        settings.positive(PREFIX + "login.per.minute", MOST_LOGINS),
        settings.positive(PREFIX + "publish.per.hour", MOST));
  }
}
