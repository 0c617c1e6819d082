package org.mdlibs.registry.admin;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditFilter;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.Faults;

/** Reads the filters of the audit log from query parameters. */
final class AuditFilters {
  private static final int MAX_TARGET = 1000;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  private AuditFilters() {}

  /** Reads {@code actor action outcome target since until}, and notes what is wrong with them. */
  static AuditFilter parse(MultivaluedMap<String, String> parameters, Faults faults) {
    var filter =
        new AuditFilter(
            faults
                .optional("actor", parameters.getFirst("actor"), Scope::parse)
                .map(Scope::value)
                .orElse(null),
            faults
                .optional("action", parameters.getFirst("action"), AuditFilters::action)
                .orElse(null),
            faults
                .optional("outcome", parameters.getFirst("outcome"), AuditFilters::outcome)
                .orElse(null),
            faults
                .optional("target", parameters.getFirst("target"), AuditFilters::target)
                .orElse(null),
            faults.optional("since", parameters.getFirst("since"), AuditFilters::time).orElse(null),
            faults
                .optional("until", parameters.getFirst("until"), AuditFilters::time)
                .orElse(null));
    if (filter.since() != null
        && filter.until() != null
        && !filter.since().isBefore(filter.until())) {
      faults.add("until", "must be later than 'since'");
    }
    return filter;
  }

  private static String action(String text) {
    return Arrays.stream(AuditAction.values())
        .map(AuditAction::wireName)
        .filter(text::equals)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be an action such as 'user.login'"));
  }

  private static String outcome(String text) {
    return Arrays.stream(Outcome.values())
        .map(Outcome::wireName)
        .filter(text::equals)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be 'success', 'failure' or 'denied'"));
  }

  private static String target(String text) {
    if (text.isEmpty()
        || text.codePointCount(0, text.length()) > MAX_TARGET
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "must be 1 to " + MAX_TARGET + " characters, none of them a control character");
    }
    return text;
  }

  /** RFC 3339. */
  private static Instant time(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw new IllegalArgumentException("must be a time such as 2026-01-31T00:00:00Z");
  }
}
