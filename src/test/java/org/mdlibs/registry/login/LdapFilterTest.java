package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LdapFilterTest {
  @Test
  void a_value_means_itself_alone() {
    assertThat(LdapFilter.fill("(uid={0})", "*")).isEqualTo("(uid=\\2a)");
    assertThat(LdapFilter.fill("(uid={0})", "x)(uid=*")).isEqualTo("(uid=x\\29\\28uid=\\2a)");
    assertThat(LdapFilter.fill("(uid={0})", "a\\2a\0|&!"))
        .isEqualTo("(uid=a\\5c2a\\00\\7c\\26\\21)");
    assertThat(LdapFilter.fill("(uid={0})", "é")).isEqualTo("(uid=\\c3\\a9)");
  }

  @Test
  void a_value_is_not_read_as_a_template() {
    assertThat(LdapFilter.fill("(&(a={0})(b={1}))", "{1}", "{0}"))
        .isEqualTo("(&(a=\\7b1\\7d)(b=\\7b0\\7d))");
  }

  @Test
  void the_same_value_may_stand_in_several_places() {
    assertThat(LdapFilter.fill("(|(uid={0})(mail={0}))", "ann@example.org"))
        .isEqualTo("(|(uid=ann@example.org)(mail=ann@example.org))");
  }

  @Test
  void octets_are_all_escaped() {
    assertThat(LdapFilter.escape(new byte[] {0, 65, -1})).isEqualTo("\\00\\41\\ff");
  }

  @Test
  void any_value_fulfils_the_template_of_no_value() {
    assertThat(LdapFilter.any("(&(objectClass=person)(uid={0}))"))
        .isEqualTo("(&(objectClass=person)(uid=*))");
  }
}
