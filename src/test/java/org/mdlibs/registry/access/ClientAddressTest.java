package org.mdlibs.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.100.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64",
    "2001:0DB8:0001:0002:0:0:0:1, 2001:db8:1:2::/64",
    "2001:db8::1, 2001:db8:0:0::/64",
    "::1, 0:0:0:0::/64",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0::/64"
  })
  void a_site_is_an_ipv4_address_or_half_an_ipv6_one(String address, String site) {
    assertThat(ClientAddress.site(address)).isEqualTo(site);
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.77, 198.51.100.0",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::",
    "2001:db8::1, 2001:db8:0::",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0::"
  })
  void a_network_stands_for_nobody_in_particular(String address, String network) {
    assertThat(ClientAddress.network(address)).isEqualTo(network);
  }
}
