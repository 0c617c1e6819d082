package org.mdlibs.registry.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryTest;

/** What holds for every operation of a kind; which ones there are is read from the document. */
@RegistryTest
class ApiRulesIT {
  private static final String API = "/api/v1";

  private final Contract contract = Contract.read();
  private final RegistryClient user;
  private final RegistryClient admin;
  private final Map<String, String> values = new HashMap<>();

  ApiRulesIT(RegistryClient client) {
    user = client.newUser();
    admin = client.admin();
    user.publish(ArchiveBuilder.archive("ruled", "1.0.0")).is(201);
    values.put("scope", user.username());
    values.put("name", "ruled");
    values.put("version", "1.0.0");
    values.put("admin.id", user.id());
    values.put(
        "teams.id",
        user.post("/teams", "{\"name\":\"rules-" + user.username() + "\"}").is(201).string("id"));
    values.put(
        "scopes.id",
        user.post(
                "/scopes/" + user.username() + "/webhooks",
                "{\"url\":\"https://hooks.example.org/\"}")
            .is(201)
            .string("id"));
    values.put("user_code", client.post("/auth/device", "{}").is(200).string("user_code"));
  }

  private RegistryClient caller(String path) {
    return path.startsWith(API + "/admin") ? admin : user;
  }

  private String path(String template) {
    String path = template;
    for (String part : template.split("/", -1)) {
      if (part.startsWith("{")) {
        String name = part.substring(1, part.length() - 1);
        String own = template.split("/", -1)[3] + "." + name;
        path = path.replace(part, values.getOrDefault(own, values.getOrDefault(name, "none")));
      }
    }
    return path;
  }

  private Stream<Contract.Operation> tagged() {
    return contract.operations().stream()
        .filter(operation -> operation.verb().equals("GET"))
        .filter(operation -> operation.node().path("responses").has("304"))
        .filter(operation -> operation.path().startsWith(API))
        .filter(operation -> !operation.path().endsWith("/download"));
  }

  private Answer get(Contract.Operation operation, String query, String... headers) {
    return caller(operation.path())
        .get(path(operation.path()).substring(API.length()) + query, headers);
  }

  private static Stream<DynamicTest> each(
      Stream<Contract.Operation> operations, Consumer<Contract.Operation> rule) {
    return operations.map(
        operation -> DynamicTest.dynamicTest(operation.toString(), () -> rule.accept(operation)));
  }

  @TestFactory
  Stream<DynamicTest> json_has_a_tag_by_which_it_is_asked_for_again() {
    return each(
        tagged(),
        operation -> {
          String etag = get(operation, "").is(200).header("ETag").orElseThrow();
          Answer same = get(operation, "", "If-None-Match", "\"x\", W/" + etag);
          assertThat(same.is(304).bytes()).isEmpty();
          assertThat(same.header("ETag")).contains(etag);
          get(operation, "", "If-None-Match", "\"x\"").is(200);
        });
  }

  @TestFactory
  Stream<DynamicTest> what_can_be_read_has_its_headers_alone() {
    return each(
        tagged(),
        operation -> {
          Answer whole = get(operation, "").is(200);
          Answer head =
              caller(operation.path()).head(path(operation.path()).substring(API.length())).is(200);
          assertThat(head.bytes()).isEmpty();
          assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
          assertThat(head.header("Content-Type")).isEqualTo(whole.header("Content-Type"));
        });
  }

  @TestFactory
  Stream<DynamicTest> what_is_accepted_is_weighed() {
    return each(
        tagged(),
        operation -> {
          get(operation, "", "Accept", "*/*").is(200);
          get(operation, "", "Accept", "application/*;q=0.1").is(200);
          get(operation, "", "Accept", "text/html, application/json;q=0.9").is(200);
          get(operation, "", "Accept", "image/png").isProblem(406, "NOT_ACCEPTABLE");
          get(operation, "", "Accept", "application/json;q=0, image/png")
              .isProblem(406, "NOT_ACCEPTABLE");
        });
  }

  @TestFactory
  Stream<DynamicTest> lists_lead_to_their_other_pages() {
    return each(
        tagged()
            .filter(
                operation -> operation.node().path("parameters").toString().contains("/PerPage")),
        operation ->
            assertThat(get(operation, "?per_page=1").is(200).header("Link").orElse(""))
                .contains("<" + path(operation.path()) + "?")
                .contains("rel=\"first\"")
                .contains("rel=\"last\""));
  }

  @TestFactory
  Stream<DynamicTest> a_path_tells_which_methods_it_takes() {
    Map<String, Set<String>> verbs = new TreeMap<>();
    contract
        .operations()
        .forEach(
            operation ->
                verbs
                    .computeIfAbsent(operation.path(), key -> new TreeSet<>())
                    .add(operation.verb()));
    return verbs.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("/metrics"))
        // On some servers it is a library's path too, which takes more.
        .filter(entry -> !entry.getKey().equals(API + "/libraries/{scope}/feed"))
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> tells(entry.getKey(), entry.getValue())));
  }

  private void tells(String path, Set<String> verbs) {
    var due = new TreeSet<>(verbs);
    due.add("OPTIONS");
    if (due.contains("GET")) {
      due.add("HEAD");
    }
    String other =
        Stream.of("PATCH", "PUT", "POST", "GET")
            .filter(verb -> !verbs.contains(verb))
            .findFirst()
            .orElseThrow();
    assertThat(allowed(send(other, path).isProblem(405, "METHOD_NOT_ALLOWED"))).isEqualTo(due);
    Answer options = send("OPTIONS", path);
    assertThat(options.status()).isIn(200, 204);
    assertThat(allowed(options)).isEqualTo(due);
    assertThat(options.bytes()).isEmpty();
  }

  private Answer send(String verb, String path) {
    RegistryClient caller = caller(path);
    return caller.send(caller.request(path(path)).method(verb, BodyPublishers.noBody()));
  }

  private static Set<String> allowed(Answer answer) {
    List<String> verbs =
        Arrays.stream(answer.header("Allow").orElse("").split(",", -1)).map(String::strip).toList();
    return new TreeSet<>(verbs);
  }
}
