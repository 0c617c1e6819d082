package org.mdlibs.registry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.config.LogLevel;
import org.mdlibs.registry.problem.ProblemException;

class LogLevelsTest {
  private static final String SEARCH = "org.mdlibs.registry.search";

  private final LogLevels levels = new LogLevels();

  @AfterEach
  void the_logs_of_other_tests_are_as_before() {
    levels.restore();
  }

  @Test
  void one_logger_has_a_level_of_its_own_until_all_are_set() {
    levels.setAll(LogLevel.WARN);
    levels.set(SEARCH, LogLevel.DEBUG);
    assertThat(levels.level()).isEqualTo(LogLevel.WARN);
    assertThat(levels.own()).isEqualTo(Map.of(SEARCH, LogLevel.DEBUG));
    assertThat(Logger.getLogger(SEARCH + ".Terms").isLoggable(Level.FINE)).isTrue();
    assertThat(Logger.getLogger(AccessLog.LOGGER).isLoggable(Level.INFO)).isFalse();
    levels.setAll(LogLevel.INFO);
    assertThat(levels.own()).isEmpty();
    assertThat(Logger.getLogger(SEARCH + ".Terms").isLoggable(Level.FINE)).isFalse();
    assertThat(Logger.getLogger(AccessLog.LOGGER).isLoggable(Level.INFO)).isTrue();
  }

  @Test
  void the_audit_stream_has_no_level_to_change() {
    levels.setAll(LogLevel.ERROR);
    assertThat(Logger.getLogger("mdlibs.audit").isLoggable(Level.INFO)).isTrue();
  }

  @Test
  void the_level_of_before_comes_back() {
    Level before = Logger.getLogger(LogLevels.REGISTRY).getLevel();
    levels.setAll(LogLevel.DEBUG);
    levels.restore();
    assertThat(Logger.getLogger(LogLevels.REGISTRY).getLevel()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.mdlibs.registry", SEARCH, SEARCH + ".Terms", "mdlibs.access"})
  void the_registrys_loggers_have_levels(String name) {
    assertThat(LogLevels.check(name)).isEqualTo(name);
  }

  /** Some of these tell headers, parameters and passwords at finer levels. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "org",
        "org.mdlibs",
        "org.mdlibs.registryx",
        "org.mdlibs.registry.",
        "org.mdlibs.registry.a\nb",
        "mdlibs.audit",
        "org.glassfish.grizzly",
        "jclouds.headers",
        "eclipselink.sql",
        "java.net.http"
      })
  void nobody_elses_logger_has(String name) {
    assertThatThrownBy(() -> LogLevels.check(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_more_loggers_are_kept_than_somebody_sets_by_hand() {
    for (int i = 0; i < 100; i++) {
      levels.set(SEARCH + i, LogLevel.DEBUG);
    }
    assertThatThrownBy(() -> levels.set(SEARCH, LogLevel.DEBUG))
        .isInstanceOf(ProblemException.class);
    levels.set(SEARCH + 1, LogLevel.INFO);
  }
}
