package org.mdlibs.registry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class LogLevelIT {
  private static final String PATH = "/admin/log-level";
  private static final String SEARCH = "org.mdlibs.registry.search";

  private final RegistryClient admin;

  LogLevelIT(RegistryClient client) {
    this.admin = client.admin();
  }

  @AfterEach
  void as_it_was() {
    admin.put(PATH, "{\"level\":\"INFO\"}").is(200);
  }

  private JsonObject loggers() {
    return admin.get(PATH).is(200).json().getJsonObject("loggers");
  }

  @Test
  void changes_the_level_of_one_logger_and_of_all() {
    assertThat(admin.get(PATH).is(200).string("level")).isEqualTo("INFO");
    Answer one = admin.put(PATH, "{\"level\":\"DEBUG\",\"logger\":\"" + SEARCH + "\"}").is(200);
    assertThat(one.string("level")).isEqualTo("INFO");
    assertThat(loggers().getString(SEARCH)).isEqualTo("DEBUG");
    assertThat(admin.put(PATH, "{\"level\":\"warn\"}").is(200).string("level")).isEqualTo("WARN");
    assertThat(admin.get(PATH).string("level")).isEqualTo("WARN");
    assertThat(loggers()).isEmpty();
  }

  @Test
  void tells_the_audit_log_who_changed_what() {
    admin.put(PATH, "{\"level\":\"DEBUG\",\"logger\":\"" + SEARCH + "\"}").is(200);
    JsonObject event =
        admin
            .get("/admin/audit?action=log.level_changed&target=log:" + SEARCH)
            .is(200)
            .json()
            .getJsonArray("events")
            .getJsonObject(0);
    assertThat(event.getString("actor")).isEqualTo("admin");
    assertThat(event.getString("detail")).isEqualTo("to DEBUG");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|level",
        "{'level':'LOUD'}|level",
        "{'level':7}|level",
        "{'level':'INFO','logger':'mdlibs.audit'}|logger",
        "{'level':'DEBUG','logger':'org.glassfish.grizzly'}|logger",
        "{'level':'DEBUG','logger':'org.mdlibs.registry.a\\nb'}|logger"
      })
  void refuses_what_is_no_level_or_no_logger_of_the_registry(String json, String field) {
    admin.put(PATH, json.replace('\'', '"')).isProblem(400, "INVALID_INPUT").hasFaults(field);
  }
}
