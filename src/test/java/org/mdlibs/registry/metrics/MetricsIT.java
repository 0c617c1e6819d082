package org.mdlibs.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class MetricsIT {
  private static final String REQUESTS = "mdlibs_http_requests_seconds_count";

  private final RegistryClient client;

  MetricsIT(RegistryClient client) {
    this.client = client;
  }

  static boolean promtoolIsThere() {
    if (Boolean.getBoolean("registry.real.required")) {
      return true;
    }
    try {
      return new ProcessBuilder("promtool", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Answer get(String token) {
    return client.withToken(token).send(client.withToken(token).request("/metrics").GET());
  }

  private TextFormat scrape() {
    return TextFormat.parse(get(RegistryServer.METRICS_TOKEN).is(200).text());
  }

  @Test
  void asks_for_the_token_of_the_settings_and_no_other() {
    get(RegistryServer.METRICS_TOKEN).is(200);
    get(null).isProblem(401, "AUTHENTICATION_REQUIRED");
    get("x").isProblem(401, "AUTHENTICATION_REQUIRED");
    get(RegistryServer.METRICS_TOKEN + "x").isProblem(401, "AUTHENTICATION_REQUIRED");
    get(client.admin().token()).isProblem(401, "AUTHENTICATION_REQUIRED");
    client.withToken(RegistryServer.METRICS_TOKEN).get("/users/me").isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void the_servers_own_metrics_are_not_below_it() {
    for (String path : new String[] {"/metrics/base", "/metrics/vendor", "/metrics/"}) {
      client.send(client.request(path).GET()).isProblem(404, "NOT_FOUND");
    }
  }

  @Test
  void answers_in_the_text_format() {
    Answer answer = get(RegistryServer.METRICS_TOKEN);
    assertThat(answer.header("Content-Type").orElseThrow())
        .startsWith("text/plain")
        .contains("version=0.0.4");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void counts_requests_by_the_template_of_their_endpoint() {
    RegistryClient ann = client.newUser();
    String me = ann.username();
    ann.publish(archive("counted", "1.0.0").bytes()).is(201);
    TextFormat before = scrape();
    ann.get("/libraries/" + me + "/counted").is(200);
    ann.get("/libraries/" + me + "/other").is(404);
    ann.get("/libraries/" + me + "/counted/1.0.0/download").is(200);
    ann.get("/no-such-thing/" + me).is(404);
    client.withToken("no-token").get("/libraries").is(401);
    TextFormat after = scrape();
    String library = "endpoint=\"/api/v1/libraries/{scope}/{name}\"";
    more(before, after, REQUESTS, 1, library, "method=\"GET\"", "status=\"200\"");
    more(before, after, REQUESTS, 1, library, "method=\"GET\"", "status=\"404\"");
    String download = "endpoint=\"/api/v1/libraries/{scope}/{name}/{version}/download\"";
    more(before, after, REQUESTS, 1, download, "status=\"200\"");
    more(before, after, REQUESTS, 1, "endpoint=\"unmatched\"", "status=\"404\"");
    more(before, after, REQUESTS, 1, "endpoint=\"unmatched\"", "status=\"401\"");
    more(before, after, "mdlibs_problems_total", 1, "code=\"LIBRARY_NOT_FOUND\"");
    more(before, after, "mdlibs_problems_total", 1, "code=\"INVALID_TOKEN\"");
    assertThat(after.samples().keySet()).noneMatch(series -> series.contains(me));
  }

  @Test
  void counts_uploads_downloads_and_their_bytes() {
    RegistryClient ann = client.newUser();
    byte[] archive = archive("weighed", "1.0.0").bytes();
    TextFormat before = scrape();
    ann.publish(archive).is(201);
    ann.publish(archive).is(409);
    String path = "/libraries/" + ann.username() + "/weighed/1.0.0/download";
    ann.get(path).is(200);
    ann.get(path, "Range", "bytes=10-19").is(206);
    TextFormat after = scrape();
    more(before, after, "mdlibs_uploads_total", 1);
    more(before, after, "mdlibs_upload_bytes_total", archive.length);
    more(before, after, "mdlibs_downloads_total", 1);
    more(before, after, "mdlibs_download_bytes_total", archive.length + 10);
  }

  @Test
  void counts_logins_that_fail() {
    RegistryClient ann = client.newUser();
    TextFormat before = scrape();
    client
        .post(
            "/auth/login",
            "{\"username\":\"" + ann.username() + "\",\"password\":\"not the password\"}")
        .is(401);
    more(before, scrape(), "mdlibs_login_failures_total", 1, "action=\"user.login\"");
  }

  @Test
  void tells_what_the_registry_holds() throws InterruptedException {
    RegistryClient ann = client.newUser();
    ann.publish(archive("held", "1.0.0").bytes()).is(201);
    // Counted every ten seconds.
    while (Double.isNaN(scrape().samples().get("mdlibs_libraries"))
        || scrape().sum("mdlibs_versions") < 1) {
      Thread.sleep(500);
    }
    TextFormat scrape = scrape();
    assertThat(scrape.sum("mdlibs_users")).isGreaterThanOrEqualTo(2);
    assertThat(scrape.sum("mdlibs_storage_used_bytes")).isPositive();
    assertThat(scrape.sum("mdlibs_database_connections"))
        .isBetween(1.0, scrape.sum("mdlibs_database_connections_max"));
    assertThat(scrape.sum("jvm_memory_used_bytes")).isPositive();
    assertThat(scrape.sum("jvm_threads_live_threads")).isPositive();
  }

  @Test
  void paths_of_clients_make_no_series() {
    client.get("/libraries/a/b").is(404);
    for (String method : new String[] {"BREW", "PROPFIND"}) {
      client.call(method, "/libraries", null);
    }
    int before = scrape().samples().size();
    for (int i = 0; i < 50; i++) {
      client.get("/libraries/a" + i + "/b" + i);
      client.send(client.request("/nothing/" + i).GET());
      client.call("BREW" + i, "/libraries", null);
    }
    assertThat(scrape().samples().size()).isLessThan(before + 50);
  }

  @Test
  @EnabledIf(value = "promtoolIsThere", disabledReason = "promtool is not installed")
  void prometheus_itself_finds_no_fault() throws IOException, InterruptedException {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (var out = promtool.getOutputStream()) {
      out.write(get(RegistryServer.METRICS_TOKEN).bytes());
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(promtool.exitValue()).as(said).isZero();
  }

  /** Asserts that a series has grown by so much at least: other tests may run meanwhile. */
  private static void more(
      TextFormat before, TextFormat after, String name, double by, String... labels) {
    assertThat(after.sum(name, labels) - before.sum(name, labels))
        .as(name + String.join(",", labels))
        .isGreaterThanOrEqualTo(by);
  }
}
