package org.mdlibs.registry.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AcceptTest {
  private static final String YAML = "application/yaml";
  private static final String JSON = "application/json";

  private static Optional<String> best(String header) {
    return Accept.parse(header).best(List.of(YAML, JSON), Function.identity());
  }

  @Test
  void the_first_where_the_caller_does_not_mind() {
    assertThat(best(null)).contains(YAML);
    assertThat(best("")).contains(YAML);
    assertThat(best("*/*")).contains(YAML);
    assertThat(best("application/*")).contains(YAML);
  }

  @Test
  void the_weightiest() {
    assertThat(best("application/json")).contains(JSON);
    assertThat(best("Application/JSON; charset=utf-8")).contains(JSON);
    assertThat(best("application/yaml;q=0.5, application/json")).contains(JSON);
    assertThat(best("application/json;q=0.8, */*;q=0.1")).contains(JSON);
    assertThat(best("text/html, application/json;q=0.9, */*;q=0.8")).contains(JSON);
  }

  @Test
  void the_closest_range_counts_and_not_the_weightiest() {
    assertThat(best("*/*, application/yaml;q=0")).contains(JSON);
    assertThat(best("application/*;q=0, application/json")).contains(JSON);
  }

  @Test
  void nothing_where_nothing_is_let_through() {
    assertThat(best("image/png")).isEmpty();
    assertThat(best("application/json;q=0")).isEmpty();
    assertThat(best("application/json;q=high")).isEmpty();
    assertThat(best(";;,")).isEmpty();
  }
}
