package org.mdlibs.registry.access;

import jakarta.servlet.ServletRequest;
import java.util.regex.Pattern;

/**
 * Where a request carries its client's address: put by the authentication, which knows the trusted
 * proxies, and read by everything after it.
 */
public final class ClientAddress {
  private static final String ATTRIBUTE = ClientAddress.class.getName();
  private static final Pattern ZONE = Pattern.compile("%.*");
  private static final int GROUPS_OF_A_SITE = 4;
  private static final int GROUPS_OF_A_NETWORK = 3;

  private ClientAddress() {}

  /** The client's address; that of the connection when nothing else was noted. */
  public static String of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String address
        ? address
        : request.getRemoteAddr();
  }

  /** Notes the address that a trusted proxy told. */
  public static void set(ServletRequest request, String address) {
    request.setAttribute(ATTRIBUTE, address);
  }

  /**
   * What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 one, since a single
   * host has that many addresses to choose from.
   *
   * @param address in Java's form, which writes every group of an IPv6 address
   */
  public static String site(String address) {
    String plain = ZONE.matcher(address).replaceFirst("");
    if (plain.indexOf(':') < 0) {
      return plain;
    }
    return begin(plain, GROUPS_OF_A_SITE) + "::/64";
  }

  /**
   * The network that an address is in, which stands for nobody in particular: the first 24 bits of
   * an IPv4 address, or the first 48 of an IPv6 one, and zeros.
   *
   * @param address in Java's form
   */
  public static String network(String address) {
    String plain = ZONE.matcher(address).replaceFirst("");
    return plain.indexOf(':') < 0
        ? plain.substring(0, plain.lastIndexOf('.') + 1) + "0"
        : begin(plain, GROUPS_OF_A_NETWORK) + "::";
  }

  private static String begin(String address, int groups) {
    return String.join(":", java.util.Arrays.asList(full(address)).subList(0, groups));
  }

  /** The eight groups of an IPv6 address, of which {@code ::} may have left some out. */
  private static String[] full(String address) {
    var groups = new String[8];
    java.util.Arrays.fill(groups, "0");
    String[] halves = address.split("::", 2);
    String[] left = halves[0].isEmpty() ? new String[0] : halves[0].split(":", -1);
    System.arraycopy(left, 0, groups, 0, Math.min(left.length, groups.length));
    if (halves.length == 2 && !halves[1].isEmpty()) {
      String[] right = halves[1].split(":", -1);
      int length = Math.min(right.length, groups.length);
      System.arraycopy(right, 0, groups, groups.length - length, length);
    }
    for (int i = 0; i < groups.length; i++) {
      groups[i] = groups[i].toLowerCase(java.util.Locale.ROOT).replaceFirst("^0+(?=.)", "");
    }
    return groups;
  }
}
