package org.mdlibs.registry.config;

import java.util.Locale;

/**
 * What is kept of each download, beside the counts.
 *
 * @param eventDays for how many days; 0 for nothing at all
 * @param addresses of which form the client's address is kept
 */
public record DownloadSettings(int eventDays, Addresses addresses) {
  private static final String DAYS = "mdlibs.download.event.days";
  private static final String ADDRESSES = "mdlibs.download.event.addresses";
  private static final int MOST_DAYS = 3650;

  /** The forms of an address: it is personal data. */
  public enum Addresses {
    NONE,
    /** Its network: 24 bits of an IPv4 address, 48 of an IPv6 one. */
    TRUNCATED,
    FULL
  }

  static DownloadSettings read(Settings settings) {
    return new DownloadSettings(settings.upTo(DAYS, MOST_DAYS), addresses(settings));
  }

  private static Addresses addresses(Settings settings) {
    String text = settings.text(ADDRESSES);
    for (Addresses form : Addresses.values()) {
      if (form.name().toLowerCase(Locale.ROOT).equals(text)) {
        return form;
      }
    }
    settings.fault(ADDRESSES, "must be 'none', 'truncated' or 'full', not '" + text + "'");
    return Addresses.NONE;
  }

  /** Whether anything is kept. */
  public boolean keepsEvents() {
    return eventDays > 0;
  }
}
