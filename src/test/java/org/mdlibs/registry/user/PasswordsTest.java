package org.mdlibs.registry.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.config.Chance;

class PasswordsTest {
  private Passwords passwords;

  @BeforeEach
  void prepare() {
    passwords = new Passwords(new Chance());
    passwords.prepare();
  }

  @Test
  void knows_the_password_of_a_hash_and_no_other() {
    String hash = passwords.hash("correct horse");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.verify("correct horse", hash)).isTrue();
    assertThat(passwords.verify("Correct horse", hash)).isFalse();
  }

  @Test
  void salts_each_hash() {
    assertThat(passwords.hash("same words")).isNotEqualTo(passwords.hash("same words"));
  }

  @Test
  void lets_nobody_in_who_has_no_password() {
    assertThat(passwords.verify("", null)).isFalse();
  }

  /** A test vector of the reference implementation of Argon2. */
  @Test
  void verifies_hashes_of_other_parameters() {
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.verify("password", hash)).isTrue();
    assertThat(passwords.verify("Password", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "password", "PASSWORD1", "janedoe99", "\ud83d\ude00\ud83d\ude00"})
  void refuses_weak_passwords(String password) {
    assertThatThrownBy(() -> Passwords.check(password, "JaneDoe99"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_an_endless_password() {
    assertThatThrownBy(() -> Passwords.check("x".repeat(201), "ann"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takes_a_good_password() {
    assertThat(Passwords.check("a long sentence of mine", "ann"))
        .isEqualTo("a long sentence of mine");
  }
}
