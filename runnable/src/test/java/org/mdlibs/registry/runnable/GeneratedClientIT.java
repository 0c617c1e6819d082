package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.generated.ApiClient;
import org.mdlibs.registry.generated.ApiException;
import org.mdlibs.registry.generated.api.AuthenticationApi;
import org.mdlibs.registry.generated.api.LibrariesApi;
import org.mdlibs.registry.generated.model.LoginRequest;
import org.mdlibs.registry.generated.model.RegisterRequest;

/** What a generator makes of the document is a client that can do everything. */
class GeneratedClientIT {
  private static final String PASSWORD = "a long phrase for ann";

  @TempDir private Path folder;
  private KilledServer server;

  @BeforeEach
  void start() throws Exception {
    server = new KilledServer(Files.createDirectory(folder.resolve("home")), Map.of());
    server.start();
  }

  @AfterEach
  void stop() {
    server.kill();
  }

  private ApiClient client(String token) {
    var client = new ApiClient();
    client.updateBaseUri(server.api("").replace("/api/v1", ""));
    if (token != null) {
      client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    }
    return client;
  }

  @Test
  void registers_logs_in_publishes_finds_downloads_and_deletes() throws Exception {
    var authentication = new AuthenticationApi(client(null));
    authentication.register(
        new RegisterRequest().username("ann").email("ann@example.org").password(PASSWORD));
    String token =
        authentication.login(new LoginRequest().username("ann").password(PASSWORD)).getToken();
    var libraries = new LibrariesApi(client(token));
    Path archive = folder.resolve("archive.tar.gz");
    Files.write(archive, CrashWorkers.archive(new Random(1)));

    var version =
        libraries.publishVersion(
            archive.toFile(),
            false,
            null,
            "notes",
            "1.0.0",
            "What we know.",
            "CC-BY-4.0",
            List.of("style", "writing"),
            null);
    assertThat(version.getVersion()).isEqualTo("1.0.0");
    assertThat(version.getScope()).isEqualTo("ann");

    var page =
        libraries.searchLibraries(
            "notes", List.of("style"), null, null, null, null, null, null, null);
    assertThat(page.getLibraries())
        .singleElement()
        .satisfies(found -> assertThat(found.getLatestVersion()).isEqualTo("1.0.0"));

    File downloaded = libraries.downloadVersion("ann", "notes", "1.0.0", null, null, null);
    assertThat(downloaded.toPath()).hasSameBinaryContentAs(archive);

    libraries.deleteVersion("ann", "notes", "1.0.0");
    assertThatThrownBy(() -> libraries.getVersion("ann", "notes", "1.0.0", null))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(410));
  }
}
