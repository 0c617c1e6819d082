package org.mdlibs.registry.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

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

  @Test
  void knows_hashes_that_were_made_with_less() {
    assertThat(passwords.isOutdated(passwords.hash("correct horse"))).isFalse();
    String salt = "$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.isOutdated("$argon2id$v=19$m=4096,t=2,p=1" + salt)).isTrue();
    assertThat(passwords.isOutdated("$argon2id$v=19$m=19456,t=1,p=1" + salt)).isTrue();
    assertThat(passwords.isOutdated("$argon2id$v=19$m=65536,t=3,p=1" + salt)).isFalse();
  }

  /** A storm: what is let in is answered rightly, the others at once, and it ends. */
  @Test
  void refuses_to_let_a_storm_wait() throws InterruptedException {
    String hash = passwords.hash("correct horse");
    var right = new AtomicInteger();
    var refused = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 200; i++) {
      var thread =
          new Thread(
              () -> {
                try {
                  if (passwords.verify("correct horse", hash)) {
                    right.incrementAndGet();
                  }
                } catch (ProblemException e) {
                  assertThat(e.type()).isEqualTo(ProblemType.OVERLOADED);
                  assertThat(e.retryAfter()).isPositive();
                  refused.incrementAndGet();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right.get() + refused.get()).isEqualTo(200);
    assertThat(right.get()).isGreaterThanOrEqualTo(4);
    assertThat(refused.get()).isPositive();
    assertThat(passwords.verify("correct horse", hash)).isTrue();
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
