package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the Dockerfile and the files of YAML say, to be compared with each other. */
final class ContainerFiles {
  private static final Path KUBERNETES = Path.of("server-config/kubernetes");
  private static final Pattern NAME = Pattern.compile("MDLIBS_[A-Z0-9_]*[A-Z0-9]");

  private ContainerFiles() {}

  static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(text(file));
  }

  /** The objects of Kubernetes by their kind; each file has one. */
  static Map<String, JsonNode> kubernetes() throws IOException {
    var objects = new LinkedHashMap<String, JsonNode>();
    for (String file : kubernetesFiles()) {
      JsonNode object = yaml(KUBERNETES.resolve(file).toString());
      assertThat(objects.put(object.at("/kind").asText(), object)).as(file).isNull();
    }
    return objects;
  }

  /** The names of the files, without that of Kustomize. */
  static List<String> kubernetesFiles() throws IOException {
    try (Stream<Path> files = Files.list(KUBERNETES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  /** The first group of a pattern that a file has exactly once. */
  static String once(String file, String pattern) throws IOException {
    List<MatchResult> found =
        Pattern.compile(pattern, Pattern.MULTILINE).matcher(text(file)).results().toList();
    assertThat(found).as(pattern + " in " + file).hasSize(1);
    return found.get(0).group(1);
  }

  /** The names of settings in a text, comments included. */
  static List<String> settingNames(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).toList();
  }

  /** The members of an object, as texts. */
  static Map<String, String> members(JsonNode object) {
    var members = new HashMap<String, String>();
    object.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue().asText()));
    return members;
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static List<String> texts(JsonNode array) {
    return elements(array).map(JsonNode::asText).toList();
  }

  /** Starts nothing, but fails as a start with these variables would; secrets are given one. */
  static RegistryConfig configured(Map<String, String> variables) {
    var settings = new HashMap<String, String>();
    variables.forEach(
        (name, value) -> {
          String key = SettingKeys.of(name);
          if (key.endsWith(".file")) {
            settings.put(key.substring(0, key.length() - 5), "a-secret-of-at-least-32-characters");
          } else {
            settings.put(key, value);
          }
        });
    var config = new RegistryConfig(new Settings(key -> Optional.ofNullable(settings.get(key))));
    config.check();
    return config;
  }
}
