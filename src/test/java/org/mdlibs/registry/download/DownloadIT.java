package org.mdlibs.registry.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class DownloadIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  private byte[] bytes;
  private String sha256;

  DownloadIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  @BeforeEach
  void publish() throws Exception {
    byte[] noise = new byte[200_000];
    new java.util.Random(5).nextBytes(noise);
    bytes = archive("notes", "1.0.0+b1").file("noise.md", noise).bytes();
    ann.publish(bytes).is(201);
    sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private Answer download(String... headers) {
    return client.download(ann.username(), "notes", "1.0.0", headers);
  }

  @Test
  void gives_back_the_very_bytes() {
    Answer answer = download().is(200);
    assertThat(answer.bytes()).isEqualTo(bytes);
    assertThat(answer.header("Content-Type")).contains("application/gzip");
    assertThat(answer.header("Content-Length")).contains(String.valueOf(bytes.length));
    assertThat(answer.header("Content-Disposition"))
        .contains("attachment; filename=\"notes-1.0.0+b1.tar.gz\"");
    assertThat(answer.header("ETag")).contains('"' + sha256 + '"');
    assertThat(answer.header("Repr-Digest"))
        .contains(
            "sha-256=:"
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256))
                + ":");
    assertThat(answer.header("Accept-Ranges")).contains("bytes");
    assertThat(answer.header("Cache-Control")).contains("public, no-cache");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "1.0.0+b1", "1.0.0%2Bb1", "1.0.0+another"})
  void ignores_the_build_metadata_of_the_version_that_is_asked_for(String version) {
    assertThat(client.download(ann.username(), "notes", version).is(200).bytes()).isEqualTo(bytes);
  }

  @Test
  void keeps_private_archives_out_of_shared_caches() {
    ann.publish(archive("hidden", "1.0.0").bytes(), "visibility", "private").is(201);
    assertThat(ann.download(ann.username(), "hidden", "1.0.0").is(200).header("Cache-Control"))
        .contains("private, no-cache");
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-9, 0, 9", "bytes=100-, 100, -1", "bytes=-50, -50, -1", "bytes=5-5, 5, 5"})
  void gives_a_part(String range, int from, int to) {
    int first = from < 0 ? bytes.length + from : from;
    int last = to < 0 ? bytes.length + to : to;
    Answer answer = download("Range", range).is(206);
    assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
    assertThat(answer.header("Content-Range"))
        .contains("bytes %d-%d/%d".formatted(first, last, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=9-5"})
  void gives_the_whole_for_ranges_that_it_does_not_know(String range) {
    assertThat(download("Range", range).is(200).bytes()).isEqualTo(bytes);
  }

  @Test
  void refuses_a_range_past_the_end() {
    Answer answer =
        download("Range", "bytes=" + bytes.length + "-").isProblem(416, "RANGE_NOT_SATISFIABLE");
    assertThat(answer.header("Content-Range")).contains("bytes */" + bytes.length);
  }

  @Test
  void gives_a_part_only_of_what_the_caller_has() {
    download("Range", "bytes=0-9", "If-Range", '"' + sha256 + '"').is(206);
    assertThat(download("Range", "bytes=0-9", "If-Range", "\"other\"").is(200).bytes())
        .hasSize(bytes.length);
  }

  @Test
  void answers_304_to_who_has_it_already() {
    assertThat(download("If-None-Match", '"' + sha256 + '"').is(304).bytes()).isEmpty();
    download("If-None-Match", "W/\"" + sha256 + "\"").is(304);
    download("If-None-Match", "*").is(304);
    download("If-None-Match", "\"other\"").is(200);
  }

  @Test
  void tells_by_head_what_get_would_give() {
    Answer answer = client.head("/libraries/" + ann.username() + "/notes/1.0.0/download").is(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Content-Length")).contains(String.valueOf(bytes.length));
    assertThat(answer.header("ETag")).contains('"' + sha256 + '"');
  }

  @Test
  void leads_from_the_latest_to_its_version() {
    Answer answer = client.download(ann.username(), "notes", "latest").is(302);
    assertThat(answer.header("Location").orElseThrow())
        .endsWith("/api/v1/libraries/" + ann.username() + "/notes/1.0.0/download");
  }

  @Test
  void tells_what_is_not_there() {
    client.download(ann.username(), "nothing", "1.0.0").isProblem(404, "LIBRARY_NOT_FOUND");
    client.download("nobody", "notes", "1.0.0").isProblem(404, "LIBRARY_NOT_FOUND");
    client.download(ann.username(), "notes", "2.0.0").isProblem(404, "VERSION_NOT_FOUND");
    client.download(ann.username(), "notes", "two").isProblem(404, "VERSION_NOT_FOUND");
    client
        .withToken("x")
        .download(ann.username(), "notes", "1.0.0")
        .isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void counts_what_was_delivered_and_nothing_else() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      download().is(200);
    }
    ann.download(ann.username(), "notes", "1.0.0").is(200);
    download("Range", "bytes=10-20").is(206);
    download("If-None-Match", "*").is(304);
    client.head("/libraries/" + ann.username() + "/notes/1.0.0/download").is(200);
    String sql = "select coalesce(sum(downloads), 0) from libraries where scope = ?";
    for (int i = 0; i < 60 && server.count(sql, ann.username()) < 4; i++) {
      Thread.sleep(500);
    }
    assertThat(server.count(sql, ann.username())).isEqualTo(4);
    assertThat(
            client.get("/libraries/" + ann.username() + "/notes").json().getInt("total_downloads"))
        .isEqualTo(4);
    String single =
        "select count(%s) from downloads where version_id in (select v.id from library_versions v"
            + " join libraries l on l.id = v.library_id where l.scope = ?)";
    assertThat(server.count(single.formatted("*"), ann.username())).isEqualTo(4);
    assertThat(server.count(single.formatted("distinct downloaded_by"), ann.username()))
        .isEqualTo(2);
  }

  @Test
  void serves_many_at_once() {
    List<Answer> answers =
        java.util.stream.IntStream.range(0, 32).parallel().mapToObj(i -> download()).toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.bytes()).isEqualTo(bytes));
  }
}
