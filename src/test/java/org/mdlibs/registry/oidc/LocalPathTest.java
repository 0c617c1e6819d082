package org.mdlibs.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/device/?user_code=BCDF-GHJK", "/a/b?c=http://d", "/%2F%2Fevil"})
  void takes_paths(String text) {
    assertThat(LocalPath.parse(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "device",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\evil.example",
        "https://evil.example",
        "https:evil",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y",
        " /a",
        "/a b",
        "/\u00e9",
        "/%",
        "@evil.example",
        ".evil.example"
      })
  void refuses_what_may_lead_elsewhere(String text) {
    assertThatThrownBy(() -> LocalPath.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
