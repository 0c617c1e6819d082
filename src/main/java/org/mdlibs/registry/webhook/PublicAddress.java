package org.mdlibs.registry.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses lie in the internet at large: not those of a host, a link, a private network, a
 * provider's inside, multicast, documentation or the future (IANA's special-purpose address
 * registries, RFC 6890), be it as they are or within an IPv6 address that leads to an IPv4 one.
 */
final class PublicAddress {
  /** Beside what Java knows to be loopback, link-local, site-local, multicast or any. */
  private static final List<Network> IPV4 =
      List.of(
          Network.of("0.0.0.0", 8),
          Network.of("10.0.0.0", 8),
          Network.of("100.64.0.0", 10),
          Network.of("127.0.0.0", 8),
          Network.of("169.254.0.0", 16),
          Network.of("172.16.0.0", 12),
          Network.of("192.0.0.0", 24),
          Network.of("192.0.2.0", 24),
          Network.of("192.88.99.0", 24),
          Network.of("192.168.0.0", 16),
          Network.of("198.18.0.0", 15),
          Network.of("198.51.100.0", 24),
          Network.of("203.0.113.0", 24),
          Network.of("224.0.0.0", 3));

  /** Global unicast addresses; everything else of IPv6 is something special. */
  private static final Network GLOBAL = Network.of("2000::", 3);

  private static final List<Network> NOT_GLOBAL =
      List.of(Network.of("2001::", 23), Network.of("2001:db8::", 32), Network.of("3fff::", 20));

  private static final Network SIX_TO_FOUR = Network.of("2002::", 16);
  private static final Network NAT64 = Network.of("64:ff9b::", 96);

  private record Network(InetAddress begin, int bits) {
    static Network of(String begin, int bits) {
      try {
        return new Network(InetAddress.getByName(begin), bits);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(begin, e);
      }
    }

    boolean has(byte[] address) {
      byte[] own = begin.getAddress();
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (own[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private PublicAddress() {}

  /** Whether an address is one; an IPv4-mapped one is to Java an IPv4 address already. */
  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet6Address)) {
      return isPublic4(bytes);
    }
    if (SIX_TO_FOUR.has(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, 2, 6));
    }
    if (NAT64.has(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
    }
    return GLOBAL.has(bytes) && NOT_GLOBAL.stream().noneMatch(network -> network.has(bytes));
  }

  private static boolean isPublic4(byte[] bytes) {
    return IPV4.stream().noneMatch(network -> network.has(bytes));
  }
}
