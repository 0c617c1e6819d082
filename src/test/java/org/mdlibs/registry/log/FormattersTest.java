package org.mdlibs.registry.log;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormattersTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.100Z");

  /** What somebody sends who wants to write a line of the log, or to the terminal that shows it. */
  static List<String> hostileTexts() {
    return List.of(
        "a\n2026-01-31T12:00:00.100Z ERROR forged you are hacked",
        "a\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}",
        "a\rb",
        "a\u0085b",
        "a\u2028b\u2029c",
        "a\u001b[31mred\u001b[0m\u009b31m",
        "a\u0000b\u007f\b\t\f\u000b",
        "\u202egnp.exe\u2066",
        "half \ud83d of a character \ude00",
        "\"},{\"logger\":\"mdlibs.audit\"",
        "back\\slash \\u000a",
        "{0} {1} %s ${jndi:ldap://x}",
        "\ue000\ufeff\u200b");
  }

  private static LogRecord entry(String message) {
    var entry = new LogRecord(Level.WARNING, message);
    entry.setInstant(TIME);
    entry.setLoggerName("org.mdlibs.registry.Some");
    return entry;
  }

  private static JsonObject json(LogRecord entry) {
    String line = new JsonFormatter().format(entry);
    assertThat(line).matches("[ -~]+\n");
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Test
  void json_is_one_object_a_line() {
    assertThat(new JsonFormatter().format(entry("all is well")))
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00.100Z\",\"level\":\"WARN\","
                + "\"logger\":\"org.mdlibs.registry.Some\",\"message\":\"all is well\"}\n");
  }

  @Test
  void text_is_one_line() {
    assertThat(new TextFormatter().format(entry("all is well")))
        .isEqualTo("2026-01-31T12:00:00.100Z WARN org.mdlibs.registry.Some all is well\n");
  }

  @Test
  void a_line_has_members_of_its_own() {
    LogRecord entry = entry(LogMembers.PATTERN);
    var members = new JsonLine().add("method", "GET").add("bytes", 7).add("user", (String) null);
    entry.setParameters(new Object[] {new LogMembers("GET /x", "GET /x 200 bytes=7", members)});
    JsonObject json = json(entry);
    assertThat(json.getString("message")).isEqualTo("GET /x");
    assertThat(json.getString("method")).isEqualTo("GET");
    assertThat(json.getInt("bytes")).isEqualTo(7);
    assertThat(json).doesNotContainKeys("user", "request_id");
    assertThat(new TextFormatter().format(entry)).endsWith(" GET /x 200 bytes=7\n");
  }

  @Test
  void a_server_that_reads_messages_as_patterns_writes_the_text_as_it_is() {
    LogRecord entry = entry(LogMembers.PATTERN);
    String text = "{\"audit\":{\"it's\":\"{1}\"}}";
    entry.setParameters(new Object[] {new LogMembers("audit", text, new JsonLine())});
    assertThat(MessageFormat.format(entry.getMessage(), entry.getParameters())).isEqualTo(text);
    assertThat(new SimpleFormatter().formatMessage(entry)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void no_text_forges_a_line_of_json(String text) {
    LogRecord entry = entry(text);
    entry.setLoggerName(text);
    entry.setThrown(new IllegalStateException(text, new RuntimeException(text)));
    entry.setParameters(
        new Object[] {new LogMembers(text, text, new JsonLine().add("more", text).add("n", 1))});
    JsonObject json = json(entry);
    assertThat(json.getString("message")).isEqualTo(text);
    assertThat(json.getString("logger")).isEqualTo(text);
    assertThat(json.getString("more")).isEqualTo(text);
    assertThat(json.getString("stack_trace")).contains(text);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void no_text_forges_a_line_of_text(String text) {
    LogRecord entry = entry("got " + text);
    entry.setThrown(new IllegalStateException(text, new RuntimeException(text)));
    entry.setLoggerName("x" + text);
    for (String line : lines(new TextFormatter(), entry)) {
      assertThat(line).matches("(2026-01-31T12:00:00\\.100Z WARN x|\t).*");
      assertThat(line.substring(1))
          .doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}].*");
    }
    assertThat(lines(new TextFormatter(), entry))
        .filteredOn(line -> line.startsWith("2026"))
        .hasSize(1);
  }

  @Test
  void parameters_of_a_message_are_put_into_it() {
    LogRecord entry = entry("{0} of {1}");
    entry.setParameters(new Object[] {"one", "a\nb"});
    assertThat(json(entry).getString("message")).isEqualTo("one of a\nb");
    assertThat(new TextFormatter().format(entry)).endsWith(" one of a\\u000ab\n");
  }

  private static List<String> lines(Formatter formatter, LogRecord entry) {
    String text = formatter.format(entry);
    assertThat(text).endsWith("\n");
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }
}
