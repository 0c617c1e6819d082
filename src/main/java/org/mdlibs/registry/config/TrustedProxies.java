package org.mdlibs.registry.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose {@code X-Forwarded-For} is believed. Each proxy appends the address that it
 * saw, so the list is read from its end: the first address that is no trusted proxy is the client;
 * what stands before it anybody can have written.
 */
public final class TrustedProxies {
  /** Nobody's word counts. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /** {@code 10.0.0.1:4711} and {@code [2001:db8::1]:4711}, as some proxies write it. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^\\]]+)](?::\\d+)?|([0-9.]+):\\d+");

  private final List<Network> networks;

  private record Network(InetAddress address, int bits) {
    boolean contains(byte[] other) {
      byte[] own = address.getAddress();
      if (other.length != own.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads CIDRs, separated by commas; an address alone is a network of one.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static TrustedProxies parse(String text) {
    var networks = new ArrayList<Network>();
    for (String cidr : text.split(",", -1)) {
      String[] parts = cidr.strip().split("/", -1);
      Optional<InetAddress> address = address(parts[0]);
      int most = address.map(a -> a.getAddress().length * 8).orElse(0);
      int bits = parts.length == 1 ? most : bits(parts[1]);
      if (address.isEmpty() || parts.length > 2 || bits < 0 || bits > most) {
        throw new IllegalArgumentException(
            "must be networks such as 10.0.0.0/8,fd00::/8, not '" + cidr.strip() + "'");
      }
      networks.add(new Network(address.get(), bits));
    }
    return new TrustedProxies(List.copyOf(networks));
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  /** Whether there is any. */
  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /**
   * The client's address.
   *
   * @param peer who opened the connection
   * @param forwardedFor the values of {@code X-Forwarded-For}, in the order of the headers
   * @return the rightmost address that is no trusted proxy's; of trusted ones alone the leftmost
   */
  public String client(String peer, List<String> forwardedFor) {
    String client = peer;
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
      Optional<InetAddress> hop = address(withoutPort(hops[i].strip()));
      if (hop.isEmpty()) {
        break;
      }
      client = hop.get().getHostAddress();
    }
    return client;
  }

  private boolean isTrusted(String text) {
    // The zone of a link-local address names an interface of this host.
    return address(text.replaceFirst("%.*", ""))
        .map(InetAddress::getAddress)
        .filter(bytes -> networks.stream().anyMatch(network -> network.contains(bytes)))
        .isPresent();
  }

  private static String withoutPort(String hop) {
    Matcher matcher = WITH_PORT.matcher(hop);
    if (!matcher.matches()) {
      return hop;
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  /** Reads a literal address and nothing else: a name would be looked up in the DNS. */
  private static Optional<InetAddress> address(String text) {
    Matcher ipv4 = IPV4.matcher(text);
    boolean literal =
        ipv4.matches()
            ? java.util.stream.IntStream.rangeClosed(1, 4)
                .allMatch(i -> Integer.parseInt(ipv4.group(i)) <= 255)
            : text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    if (!literal) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
