package org.mdlibs.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class MaintenanceIT {
  private final RegistryServer server;
  private final RegistryClient ann;
  private final RegistryClient admin;

  MaintenanceIT(RegistryClient client, RegistryServer server) {
    this.server = server;
    this.ann = client.newUser();
    this.admin = client.admin();
  }

  private BlobKey publish(byte[] archive) {
    List<BlobKey> before = server.blobs();
    ann.publish(archive).is(201);
    List<BlobKey> after = server.blobs();
    after.removeAll(before);
    assertThat(after).hasSize(1);
    return after.get(0);
  }

  private static List<JsonObject> of(Answer answer, BlobKey key) {
    return answer.is(200).json().getJsonArray("findings").getValuesAs(JsonObject.class).stream()
        .filter(finding -> finding.getString("key").equals(key.value()))
        .toList();
  }

  private Answer verify() {
    return admin.call("POST", "/admin/storage/verify", null);
  }

  @Test
  void finds_an_archive_that_is_gone_and_names_its_version() throws IOException {
    byte[] bytes = archive("notes", "1.0.0").bytes();
    BlobKey key = publish(bytes);
    assertThat(of(verify(), key)).isEmpty();
    server.storage().remove(key);
    Answer answer = verify();
    assertThat(of(answer, key))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getString("event")).isEqualTo("missing");
              assertThat(finding.getString("version"))
                  .isEqualTo("@" + ann.username() + "/notes@1.0.0");
            });
    assertThat(answer.json().getJsonObject("report").getBoolean("whole")).isFalse();
    Path file = Files.createTempFile("archive", "");
    server.storage().put(key, Files.write(file, bytes));
    Files.delete(file);
    assertThat(of(verify(), key)).isEmpty();
  }

  @Test
  void tells_as_it_goes_when_asked_for_lines() {
    publish(archive("notes", "1.0.0").bytes());
    Answer answer =
        admin.send(
            admin
                .request("/api/v1/admin/storage/verify")
                .header("Accept", "application/x-ndjson")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    List<JsonObject> lines =
        answer
            .is(200)
            .text()
            .lines()
            .map(line -> Json.createReader(new StringReader(line)).readObject())
            .toList();
    assertThat(lines).extracting(line -> line.getString("event")).contains("progress");
    JsonObject last = lines.get(lines.size() - 1);
    assertThat(last.getString("event")).isEqualTo("report");
    assertThat(last.getInt("checked")).isPositive();
  }

  @Test
  void collects_no_blob_that_is_young_or_named() throws IOException {
    BlobKey named = publish(archive("notes", "1.0.0").bytes());
    Path file = Files.createTempFile("archive", "");
    Files.writeString(file, "an orphan");
    BlobKey orphan = new BlobKey(named.value().replace(named.sha256(), sha256(file)));
    server.storage().put(orphan, file);
    Files.delete(file);
    for (String dryRun : List.of("?dry_run=true", "")) {
      Answer answer = admin.call("POST", "/admin/storage/collect" + dryRun, null);
      assertThat(of(answer, named)).isEmpty();
      assertThat(of(answer, orphan)).isEmpty();
    }
    assertThat(server.blobs()).contains(named, orphan);
    server.storage().remove(orphan);
  }

  private static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return org.mdlibs.registry.config.Sha256.hex(in);
    }
  }

  @Test
  void a_run_is_audited() {
    verify().is(200);
    admin.call("POST", "/admin/storage/collect?dry_run=true", null).is(200);
    for (String action : List.of("storage.verified", "storage.collected")) {
      assertThat(admin.get("/admin/audit?action=" + action).is(200).json().getInt("total"))
          .as(action)
          .isPositive();
    }
  }

  @Test
  void dry_run_is_true_or_false() {
    admin
        .call("POST", "/admin/storage/collect?dry_run=perhaps", null)
        .isProblem(400, "INVALID_INPUT");
  }
}
