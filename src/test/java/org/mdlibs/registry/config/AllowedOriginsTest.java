package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @Test
  void allows_those_that_are_named_and_no_others() {
    AllowedOrigins origins =
        AllowedOrigins.parse("https://docs.example.org, http://localhost:3000,http://[::1]:3000");
    assertThat(origins.allow("https://docs.example.org")).isTrue();
    assertThat(origins.allow("http://localhost:3000")).isTrue();
    assertThat(origins.allow("http://[::1]:3000")).isTrue();
    assertThat(origins.allow("http://docs.example.org")).isFalse();
    assertThat(origins.allow("https://docs.example.org:8443")).isFalse();
    assertThat(origins.allow("https://docs.example.org.evil.example")).isFalse();
    assertThat(origins.allow("null")).isFalse();
    assertThat(origins.isAny()).isFalse();
  }

  @Test
  void a_star_alone_allows_everybody() {
    AllowedOrigins origins = AllowedOrigins.parse(" * ");
    assertThat(origins.isAny()).isTrue();
    assertThat(origins.allow("null")).isTrue();
  }

  @Test
  void by_default_allows_nobody() {
    assertThat(AllowedOrigins.NONE.isEmpty()).isTrue();
    assertThat(AllowedOrigins.NONE.allow("https://docs.example.org")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://docs.example.org/",
        "docs.example.org",
        "*,https://docs.example.org",
        "https://*.example.org",
        "HTTPS://docs.example.org",
        "null",
        "https://a.example,"
      })
  void refuses_what_no_browser_calls_an_origin(String text) {
    assertThatThrownBy(() -> AllowedOrigins.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be origins");
  }
}
