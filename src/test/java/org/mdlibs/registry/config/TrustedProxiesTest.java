package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.parse("10.0.0.0/8, 192.168.1.1, fd00::/8, ::1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer | X-Forwarded-For | client
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "10.1.2.3 | 198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | '' | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1, 203.0.113.9 | 203.0.113.9",
        "10.1.2.3 | 198.51.100.1, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
        "10.1.2.3 | 10.9.9.9, 10.8.8.8 | 10.9.9.9",
        "10.1.2.3 | 198.51.100.1, nonsense | 10.1.2.3",
        "10.1.2.3 | localhost | 10.1.2.3",
        "10.1.2.3 | 1.2.3.999 | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1:4711 | 198.51.100.1",
        "10.1.2.3 | [2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
        "10.1.2.3 | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
        "10.1.2.3 | ::ffff:198.51.100.1 | 198.51.100.1",
        "192.168.1.1 | 198.51.100.1 | 198.51.100.1",
        "192.168.1.2 | 198.51.100.1 | 192.168.1.2",
        "fd12:0:0:0:0:0:0:1 | 198.51.100.1 | 198.51.100.1",
        "fe80:0:0:0:0:0:0:1 | 198.51.100.1 | fe80:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1 | 198.51.100.1 | 198.51.100.1"
      })
  void believes_trusted_proxies_alone(String peer, String forwarded, String client) {
    assertThat(PROXIES.client(peer, List.of(forwarded))).isEqualTo(client);
  }

  @Test
  void reads_several_headers_as_one() {
    assertThat(PROXIES.client("10.0.0.1", List.of("198.51.100.1", "203.0.113.9, 10.0.0.2")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void believes_nobody_without_a_setting() {
    assertThat(TrustedProxies.NONE.client("127.0.0.1", List.of("198.51.100.1")))
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "proxy", "10.0.0/8", "10.0.0.0/8/8"})
  void refuses_what_is_no_network(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be networks");
  }

  @Test
  void takes_the_whole_internet() {
    assertThat(TrustedProxies.parse("0.0.0.0/0").client("8.8.8.8", List.of("1.2.3.4")))
        .isEqualTo("1.2.3.4");
  }
}
