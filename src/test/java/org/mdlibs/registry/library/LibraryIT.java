package org.mdlibs.registry.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class LibraryIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;

  LibraryIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  private String path(String rest) {
    return "/libraries/" + ann.username() + "/notes" + rest;
  }

  private void publish(String... versions) {
    for (String version : versions) {
      ann.publish(archive("notes", version)).is(201);
    }
  }

  private void mark(String column, String version) {
    server.execute(
        "update library_versions set "
            + column
            + " = created_at where version_key = ? and library_id ="
            + " (select id from libraries where scope = ? and name = 'notes')",
        version,
        ann.username());
  }

  private List<String> versions(Answer answer) {
    return answer.json().getJsonArray("versions").getValuesAs(JsonObject.class).stream()
        .map(version -> version.getString("version"))
        .toList();
  }

  @Test
  void shows_a_library_with_its_versions_by_precedence() {
    publish("1.0.0", "1.10.0", "1.2.0", "2.0.0-rc.1", "2.0.0-rc.11", "2.0.0-rc.2+b");
    Answer answer = client.get(path("")).is(200);
    assertThat(versions(answer))
        .containsExactly("2.0.0-rc.11", "2.0.0-rc.2+b", "2.0.0-rc.1", "1.10.0", "1.2.0", "1.0.0");
    JsonObject json = answer.json();
    assertThat(json.getString("latest_version")).isEqualTo("1.10.0");
    assertThat(json.getInt("versions_count")).isEqualTo(6);
    assertThat(json.getInt("total_downloads")).isZero();
    assertThat(json.getJsonArray("versions").getJsonObject(0))
        .containsKeys("version", "size", "created_at", "downloads", "yanked", "download_url");
  }

  @Test
  void pages_the_versions() {
    publish("1.0.0", "1.1.0", "1.2.0");
    Answer answer = client.get(path("/versions?per_page=2&page=2")).is(200);
    assertThat(versions(answer)).containsExactly("1.0.0");
    assertThat(answer.json().getInt("total")).isEqualTo(3);
    client.get(path("/versions?page=0")).isProblem(400, "INVALID_INPUT").hasFaults("page");
  }

  @Test
  void shows_one_version_whatever_its_build_metadata() {
    publish("1.0.0+exp.sha");
    for (String version : List.of("1.0.0", "1.0.0+exp.sha", "1.0.0+other", "latest")) {
      JsonObject json = client.get(path("/" + version)).is(200).json();
      assertThat(json.getString("version")).isEqualTo("1.0.0+exp.sha");
      assertThat(json.getString("checksum")).startsWith("sha256:");
      assertThat(json.getString("created_by")).isEqualTo(ann.username());
    }
  }

  @Test
  void takes_the_highest_release_for_the_latest_that_is_not_yanked() {
    publish("1.0.0-beta");
    assertThat(client.get(path("/latest")).string("version")).isEqualTo("1.0.0-beta");
    publish("1.0.0", "1.1.0", "2.0.0-beta");
    assertThat(client.get(path("/latest")).string("version")).isEqualTo("1.1.0");
    mark("yanked_at", "1.1.0");
    assertThat(client.get(path("/latest")).string("version")).isEqualTo("1.0.0");
    assertThat(client.get(path("/1.1.0")).is(200).json().getBoolean("yanked")).isTrue();
    mark("yanked_at", "1.0.0");
    assertThat(client.get(path("/latest")).string("version")).isEqualTo("2.0.0-beta");
    mark("yanked_at", "2.0.0-beta");
    mark("yanked_at", "1.0.0-beta");
    client.get(path("/latest")).isProblem(404, "VERSION_NOT_FOUND");
  }

  @Test
  void tells_what_was_deleted() {
    publish("1.0.0", "1.1.0");
    mark("deleted_at", "1.0.0");
    client.get(path("/1.0.0")).isProblem(410, "VERSION_DELETED");
    client.download(ann.username(), "notes", "1.0.0").isProblem(410, "VERSION_DELETED");
    assertThat(versions(client.get(path("")))).containsExactly("1.1.0");
    server.execute("update libraries set versions_count = 0 where scope = ?", ann.username());
    client.get(path("")).isProblem(410, "VERSION_DELETED");
    client.get(path("/versions")).isProblem(410, "VERSION_DELETED");
    client.get(path("/latest")).isProblem(410, "VERSION_DELETED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/versions", "/1.0.0", "/latest", "/1.0.0/download", "/latest/download"})
  void hides_a_private_library_as_if_it_were_not_there(String rest) {
    ann.publish(archive("notes", "1.0.0").bytes(), "visibility", "private").is(201);
    RegistryClient bob = client.newUser();
    JsonObject hidden = bob.get(path(rest)).isProblem(404, "LIBRARY_NOT_FOUND").json();
    JsonObject absent =
        bob.get("/libraries/" + ann.username() + "/nothing" + rest)
            .isProblem(404, "LIBRARY_NOT_FOUND")
            .json();
    assertThat(hidden.getString("detail")).isEqualTo(absent.getString("detail"));
    client.get(path(rest)).isProblem(404, "LIBRARY_NOT_FOUND");
    assertThat(ann.get(path(rest)).status()).isIn(200, 302);
    assertThat(client.admin().get(path(rest)).status()).isIn(200, 302);
  }

  @Test
  void hides_a_private_tombstone_too() {
    ann.publish(archive("notes", "1.0.0").bytes(), "visibility", "private").is(201);
    mark("deleted_at", "1.0.0");
    client.get(path("/1.0.0")).isProblem(404, "LIBRARY_NOT_FOUND");
    ann.get(path("/1.0.0")).isProblem(410, "VERSION_DELETED");
  }

  @Test
  void tells_of_versions_that_there_are_not() {
    publish("1.0.0");
    client.get(path("/9.9.9")).isProblem(404, "VERSION_NOT_FOUND");
    client.get(path("/one")).isProblem(404, "VERSION_NOT_FOUND");
    client.get("/libraries/" + ann.username() + "/No_Such").isProblem(404, "LIBRARY_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/versions", "/1.0.0", "/latest"})
  void answers_304_to_who_has_it_already(String rest) {
    publish("1.0.0");
    Answer first = client.get(path(rest)).is(200);
    String etag = first.header("ETag").orElseThrow();
    assertThat(etag).startsWith("\"");
    Answer again = client.get(path(rest), "If-None-Match", "\"other\", W/" + etag).is(304);
    assertThat(again.bytes()).isEmpty();
    assertThat(again.header("ETag")).contains(etag);
    client.get(path(rest), "If-None-Match", "\"other\"").is(200);
    client.get(path(rest), "If-None-Match", "*").is(304);
    Answer head = client.head(path(rest)).is(200);
    assertThat(head.header("ETag")).contains(etag);
    assertThat(head.bytes()).isEmpty();
  }

  @Test
  void takes_a_scope_whatever_its_case() {
    publish("1.0.0");
    client
        .get("/libraries/" + ann.username().toUpperCase(java.util.Locale.ROOT) + "/notes")
        .is(200);
  }
}
