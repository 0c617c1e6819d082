package org.mdlibs.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Role;

class BucketKeyTest {
  private static final Caller ANN =
      new Caller(new UUID(1, 1), "ann", Role.USER, Set.of(), Map.of());

  private static BucketKey key(String method, String path, Caller caller, String address) {
    return BucketKey.of(method, "/api/v1" + path, caller, address);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /libraries, SEARCH, SEARCH",
    "HEAD, /libraries, SEARCH, SEARCH",
    "GET, /libraries/, SEARCH, SEARCH",
    "POST, /libraries, ANONYMOUS, USER",
    "GET, /libraries/ann/notes, ANONYMOUS, USER",
    "GET, /libraries/ann/notes/1.0.0/download, ANONYMOUS, USER",
    "DELETE, /libraries/ann/notes/1.0.0, ANONYMOUS, USER",
    "GET, /no/such/path, ANONYMOUS, USER"
  })
  void the_class_follows_from_path_and_caller(
      String method, String path, CallClass anonymous, CallClass known) {
    assertThat(key(method, path, Caller.ANONYMOUS, "192.0.2.1").callClass()).isEqualTo(anonymous);
    assertThat(key(method, path, ANN, "192.0.2.1").callClass()).isEqualTo(known);
  }

  @Test
  void whoever_is_known_is_counted_wherever_he_calls_from() {
    assertThat(key("GET", "/teams", ANN, "192.0.2.1"))
        .isEqualTo(key("GET", "/users/me", ANN, "2001:db8::1"));
    assertThat(key("GET", "/libraries", ANN, "192.0.2.1").who()).isEqualTo("user:" + ANN.id());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:0:7:0:0:0:1, 2001:db8::7:ffff:1:2:3, true",
    "2001:db8:0:7::1, 2001:db8:0:8::1, false"
  })
  void others_are_counted_by_address_which_is_half_of_an_ipv6_one(
      String one, String other, boolean same) {
    BucketKey first = key("GET", "/libraries", Caller.ANONYMOUS, one);
    BucketKey second = key("GET", "/libraries", Caller.ANONYMOUS, other);
    assertThat(first.equals(second)).isEqualTo(same);
    assertThat(BucketKey.ofLogin("ann", one).equals(BucketKey.ofLogin("ann", other)))
        .isEqualTo(same);
  }

  @Test
  void a_login_is_counted_by_account_and_address_and_names_no_account() {
    BucketKey key = BucketKey.ofLogin("ann", "192.0.2.1");
    assertThat(key)
        .isEqualTo(BucketKey.ofLogin(" ANN ", "192.0.2.1"))
        .isNotEqualTo(BucketKey.ofLogin("bob", "192.0.2.1"))
        .isNotEqualTo(BucketKey.ofLogin("ann", "192.0.2.2"));
    assertThat(key.toString()).doesNotContain("ann");
  }

  @Test
  void another_limit_is_another_row() {
    BucketKey key = BucketKey.ofScope(new UUID(1, 2));
    assertThat(key.inTable(300)).hasSize(32).isEqualTo(key.inTable(300));
    assertThat(key.inTable(300)).isNotEqualTo(key.inTable(301));
  }
}
