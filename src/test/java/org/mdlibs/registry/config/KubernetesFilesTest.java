package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files of {@code server-config/kubernetes} fit the registry, the image, and each other. */
class KubernetesFilesTest {
  private static final String NAME = "mdlibs-registry";

  private static JsonNode object(String kind) throws IOException {
    JsonNode object = ContainerFiles.kubernetes().get(kind);
    assertThat(object).as(kind).isNotNull();
    return object;
  }

  private static JsonNode pod() throws IOException {
    return object("Deployment").at("/spec/template/spec");
  }

  private static JsonNode container() throws IOException {
    assertThat(pod().at("/containers")).hasSize(1);
    return pod().at("/containers/0");
  }

  private static RegistryConfig configured() throws IOException {
    Map<String, String> variables = ContainerFiles.members(object("ConfigMap").at("/data"));
    ContainerFiles.elements(container().at("/env"))
        .forEach(env -> variables.put(env.at("/name").asText(), env.at("/value").asText()));
    return ContainerFiles.configured(variables);
  }

  @Test
  void name_only_settings_that_exist() throws IOException {
    for (String file : ContainerFiles.kubernetesFiles()) {
      String text = ContainerFiles.text("server-config/kubernetes/" + file);
      assertThat(ContainerFiles.settingNames(text)).as(file).allMatch(SettingKeys::isKnown);
    }
  }

  @Test
  void the_registry_starts_with_the_settings() throws IOException {
    assertThat(configured().url().toString()).contains(host());
  }

  private static String host() throws IOException {
    String host = object("Ingress").at("/spec/rules/0/host").asText();
    assertThat(ContainerFiles.texts(object("Ingress").at("/spec/tls/0/hosts"))).contains(host);
    return host;
  }

  @Test
  void kustomize_takes_every_file_and_the_version_of_the_build() throws IOException {
    JsonNode kustomization = ContainerFiles.yaml("server-config/kubernetes/kustomization.yaml");
    assertThat(ContainerFiles.texts(kustomization.at("/resources")))
        .containsExactlyInAnyOrderElementsOf(ContainerFiles.kubernetesFiles());
    assertThat(kustomization.at("/images/0/name")).isEqualTo(container().at("/image"));
    assertThat(kustomization.at("/images/0/newTag").asText()).isEqualTo(ImageFilesTest.version());
  }

  @Test
  void runs_as_the_user_of_the_image_and_writes_to_its_volume_alone() throws IOException {
    String user = ContainerFiles.once("Dockerfile", "^USER (\\d+):");
    for (String member : List.of("runAsUser", "runAsGroup", "fsGroup")) {
      assertThat(pod().at("/securityContext").path(member).asText()).as(member).isEqualTo(user);
    }
    assertThat(container().at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container().at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
    List<String> writable =
        ContainerFiles.elements(container().at("/volumeMounts"))
            .filter(mount -> !mount.at("/readOnly").asBoolean())
            .map(mount -> mount.at("/mountPath").asText())
            .toList();
    assertThat(writable).containsExactly(ContainerFiles.once("Dockerfile", "^VOLUME (\\S+)$"));
  }

  @Test
  void every_way_leads_to_the_port_of_the_image() throws IOException {
    assertThat(container().at("/ports/0/containerPort").asText())
        .isEqualTo(ContainerFiles.once("Dockerfile", "^EXPOSE (\\d+)$"));
    JsonNode name = container().at("/ports/0/name");
    assertThat(object("Service").at("/spec/ports/0/targetPort")).isEqualTo(name);
    assertThat(object("Ingress").at("/spec/rules/0/http/paths/0/backend/service/port/name"))
        .isEqualTo(object("Service").at("/spec/ports/0/name"));
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container().path(probe).at("/httpGet/port")).as(probe).isEqualTo(name);
    }
  }

  @Test
  void only_readiness_looks_at_dependencies() throws IOException {
    assertThat(container().at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container().at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container().at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
  }

  @Test
  void a_stop_has_the_time_it_takes() throws IOException {
    HttpSettings stop = configured().http();
    long period = container().at("/readinessProbe/periodSeconds").asLong();
    assertThat(stop.stopGrace()).isGreaterThanOrEqualTo(Duration.ofSeconds(2 * period));
    assertThat(Duration.ofSeconds(pod().at("/terminationGracePeriodSeconds").asLong()))
        .isGreaterThan(stop.stopGrace().plus(stop.stopTimeout()));
  }

  @Test
  void selectors_and_names_fit() throws IOException {
    JsonNode labels = object("Deployment").at("/spec/template/metadata/labels");
    assertThat(object("Deployment").at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(object("Service").at("/spec/selector")).isEqualTo(labels);
    assertThat(object("PodDisruptionBudget").at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(container().at("/envFrom/0/configMapRef/name"))
        .isEqualTo(object("ConfigMap").at("/metadata/name"));
    assertThat(object("Ingress").at("/spec/rules/0/http/paths/0/backend/service/name"))
        .isEqualTo(object("Service").at("/metadata/name"));
    assertThat(ContainerFiles.kubernetes().values())
        .allMatch(object -> object.at("/metadata/name").asText().equals(NAME));
  }

  @Test
  void secrets_come_from_files_that_are_mounted() throws IOException {
    String folder =
        ContainerFiles.elements(container().at("/volumeMounts"))
            .filter(mount -> mount.at("/name").asText().equals("secrets"))
            .map(mount -> mount.at("/mountPath").asText())
            .findFirst()
            .orElseThrow();
    assertThat(ContainerFiles.elements(container().at("/env")).toList())
        .isNotEmpty()
        .allMatch(env -> env.at("/name").asText().endsWith("_FILE"))
        .allMatch(env -> env.at("/value").asText().startsWith(folder + "/"));
    assertThat(ContainerFiles.members(object("ConfigMap").at("/data")).keySet())
        .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN).*"));
  }

  @Test
  void the_ingress_takes_the_largest_archive() throws IOException {
    String size =
        object("Ingress")
            .at("/metadata/annotations")
            .path("nginx.ingress.kubernetes.io/proxy-body-size")
            .asText();
    assertThat(size).matches("\\d+m");
    long mebibytes = Long.parseLong(size.substring(0, size.length() - 1));
    assertThat(mebibytes << 20).isGreaterThan(configured().maxArchiveBytes());
  }
}
