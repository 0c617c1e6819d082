package org.mdlibs.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Role;

class AuditLineTest {
  private static final UUID ID = UUID.fromString("11111111-2222-4333-8444-555555555555");
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123Z");

  private static AuditEvent event(String text) {
    return new AuditEvent(
        ID,
        TIME,
        AuditAction.USER_LOGIN,
        Outcome.FAILURE,
        new Caller(ID, text, Role.USER, Set.of(), Map.of()),
        text,
        text,
        new Origin(text, text));
  }

  private static JsonObject parse(String line) {
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Test
  void tells_everything_of_an_event_in_one_object() {
    assertThat(AuditLine.of(event("ann")))
        .isEqualTo(
            "{\"id\":\"11111111-2222-4333-8444-555555555555\","
                + "\"time\":\"2026-01-31T12:00:00.123Z\",\"action\":\"user.login\","
                + "\"outcome\":\"failure\",\"actor_id\":\"11111111-2222-4333-8444-555555555555\","
                + "\"actor\":\"ann\",\"target\":\"ann\",\"detail\":\"ann\",\"address\":\"ann\","
                + "\"request_id\":\"ann\"}");
  }

  @Test
  void leaves_out_what_is_not_known() {
    var event =
        new AuditEvent(
            ID,
            TIME,
            AuditAction.KEY_ROTATED,
            Outcome.SUCCESS,
            Caller.ANONYMOUS,
            "key:1",
            null,
            Origin.SYSTEM);
    assertThat(parse(AuditLine.of(event)))
        .containsOnlyKeys("id", "time", "action", "outcome", "target");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\nb",
        "a\u0085b",
        "a\u2028b\u2029c",
        "a\u001b[31mred\u001b[0m",
        "a\u009b31m",
        "a\u007f\b\t\f\u000bb",
        "\u202egnp.exe",
        "\"},{\"action\":\"user.erased\"",
        "back\\slash \\\" \\u000a",
        "ünïcödé \uD83D\uDE00",
        "<script>alert(1)</script>",
        "{0} %s ${jndi:ldap://x}"
      })
  void no_text_can_begin_a_line_or_leave_its_string(String text) {
    String line = AuditLine.of(event(text));
    assertThat(line).matches("[ -~]+");
    JsonObject parsed = parse(line);
    assertThat(parsed).hasSize(10);
    for (String member : Set.of("actor", "target", "detail", "address", "request_id")) {
      assertThat(parsed.getString(member)).as(member).isEqualTo(text);
    }
  }

  @Test
  void what_no_database_keeps_is_replaced() {
    assertThat(AuditEvent.storable("a\u0000b\uD83Dc\uDE00")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    assertThat(AuditEvent.storable(null)).isNull();
  }

  @Test
  void long_texts_are_cut_between_characters() {
    String cut = AuditEvent.storable("\uD83D\uDE00".repeat(2_000));
    assertThat(cut).isEqualTo("\uD83D\uDE00".repeat(1_000));
  }
}
