package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
  private final Chance chance = new Chance();
  private final String key = Base64.getEncoder().encodeToString(chance.bytes(32));

  private String wrapped(String text) {
    return new SecretBox(key).wrap(text, "signing keys", "kid", chance);
  }

  @Test
  void opens_what_it_wrapped() {
    assertThat(new SecretBox(key).open(wrapped("a secret ü"), "signing keys", "kid"))
        .isEqualTo("a secret ü");
    String passphrase = "a long sentence that somebody thought of";
    String wrapped = new SecretBox(passphrase).wrap("a secret", "signing keys", "kid", chance);
    assertThat(new SecretBox(passphrase).open(wrapped, "signing keys", "kid"))
        .isEqualTo("a secret");
  }

  @Test
  void shows_nothing_and_never_the_same_twice() {
    assertThat(wrapped("a secret")).doesNotContain("secret").isNotEqualTo(wrapped("a secret"));
    assertThat(SecretBox.isWrapped(wrapped("{}"))).isTrue();
    assertThat(SecretBox.isWrapped("{\"kty\":\"EC\"}")).isFalse();
    assertThat(new SecretBox(key).toString()).doesNotContain(key);
  }

  @Test
  void tells_a_wrong_key_in_a_sentence_without_a_cause() {
    var other = new SecretBox(Base64.getEncoder().encodeToString(chance.bytes(32)));
    assertThatThrownBy(() -> other.open(wrapped("a secret"), "signing keys", "kid"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MDLIBS_SECRET_KEY is not the key")
        .hasNoCause();
  }

  @Test
  void opens_nothing_for_another_purpose_or_row() {
    var box = new SecretBox(key);
    assertThatThrownBy(() -> box.open(wrapped("a"), "webhooks", "kid"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open(wrapped("a"), "signing keys", "dik"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void notices_every_changed_character() {
    String wrapped = wrapped("a");
    for (int i = 3; i < wrapped.length() - 1; i++) {
      char other = wrapped.charAt(i) == 'A' ? 'B' : 'A';
      String changed = wrapped.substring(0, i) + other + wrapped.substring(i + 1);
      assertThatThrownBy(() -> new SecretBox(key).open(changed, "signing keys", "kid"))
          .isInstanceOf(IllegalStateException.class);
    }
    for (String broken : new String[] {"v1.", "v1.AAAA", "v1.ä"}) {
      assertThatThrownBy(() -> new SecretBox(key).open(broken, "signing keys", "kid"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("MDLIBS_SECRET_KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "AAAA", "only thirty-one characters long"})
  void refuses_short_keys(String key) {
    assertThatThrownBy(() -> new SecretBox(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }
}
