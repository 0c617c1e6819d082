package org.mdlibs.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupRulesTest {
  private static final GroupRules RULES = new GroupRules("mdlibs-", "mdlibs-admins");

  @Test
  void a_group_of_the_prefix_names_the_team_of_the_rest() {
    assertThat(RULES.teams(Set.of("mdlibs-docs", "mdlibs-Platform", "docs", "all-mdlibs-x")))
        .containsExactly("docs", "platform");
  }

  @Test
  void a_group_whose_rest_can_be_no_team_means_nothing() {
    assertThat(RULES.teams(Set.of("mdlibs-", "mdlibs-a", "mdlibs-../x", "mdlibs-two words")))
        .isEmpty();
  }

  @Test
  void only_the_named_group_makes_administrators() {
    assertThat(RULES.makeAdministrator(Set.of("mdlibs-admins"))).isTrue();
    assertThat(RULES.makeAdministrator(Set.of("mdlibs-docs", "MDLIBS-ADMINS"))).isFalse();
  }

  @Test
  void without_rules_groups_mean_nothing() {
    assertThat(GroupRules.NONE.teams(Set.of("mdlibs-docs", ""))).isEmpty();
    assertThat(GroupRules.NONE.decideAdministrators()).isFalse();
    assertThat(GroupRules.NONE.makeAdministrator(Set.of("admin"))).isFalse();
  }
}
