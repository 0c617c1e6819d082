package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfile, {@code compose.yaml} and {@code .env.example} say what the registry knows. */
class ImageFilesTest {
  private static final Pattern SECRET_FILE = Pattern.compile("/run/secrets/([a-z-]+)");

  private static JsonNode service(String name) throws IOException {
    JsonNode service = ContainerFiles.yaml("compose.yaml").at("/services").path(name);
    assertThat(service.isObject()).as(name).isTrue();
    return service;
  }

  /** The variables of {@code .env.example}, those in comments too. */
  private static Map<String, String> example() throws IOException {
    var variables = new HashMap<String, String>();
    Pattern.compile("^#?([A-Z_0-9]+)=(.*)$", Pattern.MULTILINE)
        .matcher(ContainerFiles.text(".env.example"))
        .results()
        .forEach(line -> variables.put(line.group(1), line.group(2)));
    return variables;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "compose.yaml", ".env.example"})
  void name_only_settings_that_exist(String file) throws IOException {
    List<String> names = ContainerFiles.settingNames(ContainerFiles.text(file));
    assertThat(names).isNotEmpty().allMatch(SettingKeys::isKnown);
  }

  @Test
  void the_registry_starts_with_what_compose_and_the_example_say() throws IOException {
    Map<String, String> variables = example();
    variables.keySet().removeIf(name -> !name.startsWith("MDLIBS_"));
    variables.putAll(ContainerFiles.members(service("registry").at("/environment")));
    variables.put("MDLIBS_S3_SECRET_KEY_FILE", "/run/secrets/s3");
    RegistryConfig config = ContainerFiles.configured(variables);
    assertThat(config.firstAdministrator().email()).isEqualTo("admin@example.org");
  }

  @Test
  void compose_interpolates_what_the_example_tells() throws IOException {
    var used =
        Pattern.compile("\\$\\{([A-Z_]+)")
            .matcher(ContainerFiles.text("compose.yaml"))
            .results()
            .map(use -> use.group(1))
            .toList();
    assertThat(used).isNotEmpty();
    assertThat(example()).containsKeys(used.toArray(String[]::new));
  }

  @Test
  void the_user_is_a_number_that_is_not_root_and_owns_the_volume() throws IOException {
    String user = ContainerFiles.once("Dockerfile", "^USER (\\S+)$");
    assertThat(user).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    String uid = user.substring(0, user.indexOf(':'));
    assertThat(ContainerFiles.once("Dockerfile", "useradd --uid (\\d+) ")).isEqualTo(uid);
    String volume = ContainerFiles.once("Dockerfile", "^VOLUME (\\S+)$");
    assertThat(ContainerFiles.once("Dockerfile", "install -d -o (\\d+) ")).isEqualTo(uid);
    assertThat(ContainerFiles.text("Dockerfile")).contains("-m 750 " + volume + " ");
  }

  @Test
  void the_only_volume_is_the_home_and_compose_keeps_it_and_the_storage() throws IOException {
    String home = ContainerFiles.once("Dockerfile", "MDLIBS_HOME=(\\S+)");
    assertThat(ContainerFiles.once("Dockerfile", "^VOLUME (\\S+)$")).isEqualTo(home);
    JsonNode volumes = ContainerFiles.yaml("compose.yaml").at("/volumes");
    List<String> mounts = ContainerFiles.texts(service("registry").at("/volumes"));
    assertThat(mounts).containsExactlyInAnyOrder("storage:" + home + "/storage", "home:" + home);
    assertThat(mounts).allMatch(mount -> volumes.has(mount.substring(0, mount.indexOf(':'))));
    assertThat(ContainerFiles.texts(service("database").at("/volumes")))
        .containsExactly("database:/var/lib/postgresql/data");
    assertThat(service("registry").at("/read_only").asBoolean()).isTrue();
  }

  @Test
  void compose_publishes_the_port_of_the_image() throws IOException {
    String port = ContainerFiles.once("Dockerfile", "^EXPOSE (\\d+)$");
    assertThat(ContainerFiles.texts(service("registry").at("/ports")))
        .singleElement()
        .asString()
        .endsWith(":" + port);
    assertThat(service("database").has("ports")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry", "database"})
  void every_secret_file_is_one_that_the_service_is_given(String name) throws IOException {
    JsonNode service = service(name);
    JsonNode files = ContainerFiles.yaml("compose.yaml").at("/secrets");
    List<String> named =
        ContainerFiles.members(service.at("/environment")).entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("_FILE"))
            .map(entry -> SECRET_FILE.matcher(entry.getValue()))
            .map(path -> path.matches() ? path.group(1) : "no secret")
            .toList();
    assertThat(named).isNotEmpty();
    assertThat(ContainerFiles.texts(service.at("/secrets")))
        .containsExactlyInAnyOrderElementsOf(named)
        .allMatch(secret -> files.at("/" + secret + "/file").asText().equals("secrets/" + secret));
  }

  @Test
  void no_secret_is_in_clear() throws IOException {
    var environment = ContainerFiles.members(service("registry").at("/environment"));
    assertThat(environment.keySet())
        .filteredOn(name -> name.matches(".*(PASSWORD|SECRET|KEY|TOKEN).*"))
        .isNotEmpty()
        .allMatch(name -> name.endsWith("_FILE"));
  }

  @Test
  void compose_waits_longer_than_a_stop_takes() throws IOException {
    var stop = ContainerFiles.configured(Map.of()).http();
    String period = service("registry").at("/stop_grace_period").asText();
    assertThat(Duration.parse("PT" + period))
        .isGreaterThan(stop.stopGrace().plus(stop.stopTimeout()));
  }

  @Test
  void the_label_tells_the_version_of_the_build() throws IOException {
    assertThat(ContainerFiles.once("Dockerfile", "^ARG VERSION=(\\S+)$")).isEqualTo(version());
  }

  static String version() throws IOException {
    return ContainerFiles.once("all.xml", "<revision>([^<]+)</revision>");
  }
}
