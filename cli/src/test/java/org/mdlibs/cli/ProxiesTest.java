package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxiesTest {
  private static final URI REGISTRY = URI.create("https://registry.example.com:8443/api");

  private static String chosen(Map<String, String> environment, URI uri) {
    return new Proxies(environment).of(uri).map(Object::toString).orElse("none");
  }

  @Test
  void the_variable_is_that_of_the_scheme_and_lower_case_goes_first() {
    var environment =
        Map.of(
            "HTTPS_PROXY", "http://upper:1",
            "https_proxy", "http://lower:2",
            "HTTP_PROXY", "plain:3",
            "ALL_PROXY", "socks5://all:4");
    assertThat(chosen(environment, REGISTRY)).isEqualTo("lower:2 (https_proxy)");
    assertThat(chosen(environment, URI.create("http://a.example")))
        .isEqualTo("plain:3 (HTTP_PROXY)");
    assertThat(chosen(Map.of("all_proxy", "x.example"), REGISTRY))
        .isEqualTo("x.example:80 (all_proxy)");
    assertThat(chosen(Map.of("HTTP_PROXY", "plain:3"), REGISTRY)).isEqualTo("none");
    assertThat(chosen(Map.of("HTTPS_PROXY", " "), REGISTRY)).isEqualTo("none");
  }

  @Test
  void a_socks_proxy_has_a_port_of_its_own_and_no_password() {
    assertThat(chosen(Map.of("all_proxy", "socks5://x.example"), REGISTRY))
        .isEqualTo("x.example:1080 (all_proxy)");
    var secret = Map.of("all_proxy", "socks5://ann:secret@x.example");
    assertThatThrownBy(() -> chosen(secret, REGISTRY))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("SOCKS")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "example.com, true",
    ".example.com, true",
    "*.example.com, true",
    "EXAMPLE.com., true",
    "registry.example.com:8443, true",
    "registry.example.com:443, false",
    "ample.com, false",
    "other.example, false",
    "'a.example, example.com', true",
    "'a.example example.com', true",
  })
  void no_proxy_names_what_is_reached_without(String list, boolean direct) {
    var environment = Map.of("HTTPS_PROXY", "http://p:1", "no_proxy", list);
    assertThat(chosen(environment, REGISTRY).equals("none")).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, http://10.9.8.7, true",
    "10.0.0.0/8, http://11.9.8.7, false",
    "10.9.8.7, http://10.9.8.7:81, true",
    "10.9.8.7:80, http://10.9.8.7:81, false",
    "fd00::/8, http://[fd12::1], true",
    "fd12::1, http://[fd12::1], true",
    "[fd12::1]:81, http://[fd12::1]:80, false",
    "10.0.0.0/99, http://10.9.8.7, false",
    "10.0.0.0/8, http://registry.example, false",
  })
  void no_proxy_knows_addresses_and_their_ranges(String list, String url, boolean direct) {
    var environment = Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", list);
    assertThat(chosen(environment, URI.create(url)).equals("none")).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://[::1]:80"})
  void this_machine_is_reached_without(String url) {
    assertThat(chosen(Map.of("HTTP_PROXY", "http://p:1"), URI.create(url))).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://p:1", "http://", "http://ann:secret@:x", "https://ann:secret@p:1"})
  void a_wrong_address_is_refused_and_not_told(String value) {
    assertThatThrownBy(() -> new Proxies(Map.of("HTTPS_PROXY", value)).of(REGISTRY))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("HTTPS_PROXY")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void its_password_is_not_told() {
    var environment = Map.of("HTTPS_PROXY", "http://ann:s%40cret@p:1");
    assertThat(chosen(environment, REGISTRY)).isEqualTo("p:1 (HTTPS_PROXY)");
    assertThat(new Proxies(environment).of(REGISTRY).orElseThrow().authorization())
        .isEqualTo("Basic YW5uOnNAY3JldA==");
  }
}
