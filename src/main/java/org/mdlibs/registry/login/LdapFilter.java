package org.mdlibs.registry.login;

import java.nio.charset.StandardCharsets;

/** Search filters of RFC 4515. */
final class LdapFilter {
  private LdapFilter() {}

  /** A template with values in the places {@code {0}}, {@code {1}} that mean themselves alone. */
  static String fill(String template, String... values) {
    var filter = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      int place = i + 2 < template.length() ? template.charAt(i + 1) - '0' : -1;
      if (template.charAt(i) == '{'
          && place >= 0
          && place < values.length
          && template.charAt(i + 2) == '}') {
        filter.append(escape(values[place]));
        i += 2;
      } else {
        filter.append(template.charAt(i));
      }
    }
    return filter.toString();
  }

  /** A template that whatever stands in the place {@code {0}} fulfils. */
  static String any(String template) {
    return template.replace("{0}", "*");
  }

  /** A text as the value of a filter: every octet but letters, digits and few marks as hex. */
  static String escape(String text) {
    return escape(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Octets as the value of a filter. */
  static String escape(byte[] octets) {
    return escape(octets, true);
  }

  private static String escape(byte[] octets, boolean all) {
    var escaped = new StringBuilder();
    for (byte octet : octets) {
      if (!all && isPlain(octet)) {
        escaped.append((char) octet);
      } else {
        escaped.append('\\').append(Character.forDigit((octet >> 4) & 0xf, 16));
        escaped.append(Character.forDigit(octet & 0xf, 16));
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || "-._@=, ".indexOf(octet) >= 0;
  }
}
