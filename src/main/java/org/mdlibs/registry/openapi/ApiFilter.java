package org.mdlibs.registry.openapi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.mdlibs.registry.problem.RequestId;

/**
 * Completes the document of the annotations by what the code says already: who may call an
 * operation, the problems that it can end with, conditional requests, paging, and which members are
 * always there. The build runs it ({@code mp.openapi.filter}); no server does.
 */
public class ApiFilter implements OASFilter {
  private static final String API = "/api/v1/";
  private static final Map<String, String> ABOUT =
      Map.of(
          "Account", "The caller's own account.",
          "Administration", "What administrators of the registry do.",
          "Authentication", "Accounts, logins and tokens.",
          "Feeds", "What is new.",
          "Libraries", "Find, publish, read and download libraries.",
          "Statistics", "What is in the registry, and how it is used.",
          "System", "What operators and tools ask the server itself.",
          "Teams", "Teams, and who is in them.",
          "Webhooks", "Being told of what happens.");
  private static final Map<String, String> TAGS =
      Map.of(
          "auth", "Authentication",
          "users", "Account",
          "stats", "Statistics",
          "admin", "Administration",
          "feed", "Feeds",
          "scopes", "Webhooks");

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    Components components = api.getComponents();
    components.setResponses(new TreeMap<>());
    common(components);
    new Schemas(api).complete();
    var problems = new ProblemAnswers(components);
    var methods = new ResourceMethods();
    api.getPaths().setPathItems(new TreeMap<>(api.getPaths().getPathItems()));
    nameOperations(api, methods);
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (verb, operation) -> {
                          var completion =
                              new Completion(path, verb, operation, methods.of(verb.name(), path));
                          operation.setTags(List.of(tag(path)));
                          completion.complete(problems);
                        }));
    components.setResponses(new TreeMap<>(components.getResponses()));
    components.setSchemas(new TreeMap<>(components.getSchemas()));
    api.setTags(
        api.getPaths().getPathItems().keySet().stream()
            .map(ApiFilter::tag)
            .distinct()
            .sorted()
            .map(name -> OASFactory.createTag().name(name).description(ABOUT.get(name)))
            .toList());
  }

  /** What stands once and is referred to. */
  private static void common(Components components) {
    components.addParameter(
        "Page", paging("page", "The page; times `per_page` at most 10,000.", 10_000, 1));
    components.addParameter("PerPage", paging("per_page", "Rows of a page.", 100, 20));
    components.addParameter(
        "IfNoneMatch",
        Parts.parameter(
            Parameter.In.HEADER,
            "If-None-Match",
            "An `ETag` that the caller has; while it holds, the answer is 304.",
            Parts.of(SchemaType.STRING)));
    components.addHeader(
        "ETag", Parts.header("The entity tag of the answer (RFC 9110).", SchemaType.STRING));
    components.addHeader(
        "Link",
        Parts.header(
            "The pages `first`, `prev`, `next` and `last` (RFC 8288).", SchemaType.STRING));
    components.addHeader(
        "RequestId",
        Parts.header("The id of the request, of `" + RequestId.HEADER + "`.", SchemaType.STRING));
  }

  private static Parameter paging(String name, String description, int most, int unsaid) {
    return Parts.parameter(
        Parameter.In.QUERY,
        name,
        description,
        Parts.of(SchemaType.INTEGER)
            .format("int32")
            .minimum(BigDecimal.ONE)
            .maximum(BigDecimal.valueOf(most))
            .defaultValue(unsaid));
  }

  private static String tag(String path) {
    if (!path.startsWith(API)) {
      return "System";
    }
    String first = path.substring(API.length()).split("/", -1)[0];
    return TAGS.getOrDefault(
        first, first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1));
  }

  /**
   * Names the operations that no annotation names after their methods, as far as these differ from
   * one another, and else after the classes too.
   */
  private static void nameOperations(OpenAPI api, ResourceMethods methods) {
    Map<String, List<Operation>> nameless = new LinkedHashMap<>();
    Map<Operation, String> classes = new HashMap<>();
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                operations(item)
                    .forEach(
                        (verb, operation) ->
                            methods.of(verb, path).stream()
                                .findFirst()
                                .filter(method -> operation.getOperationId() == null)
                                .ifPresent(
                                    method -> {
                                      nameless
                                          .computeIfAbsent(
                                              method.getName(), key -> new ArrayList<>())
                                          .add(operation);
                                      classes.put(
                                          operation,
                                          method
                                              .getDeclaringClass()
                                              .getSimpleName()
                                              .replace("Resource", ""));
                                    })));
    nameless.forEach(
        (name, operations) ->
            operations.forEach(
                operation ->
                    operation.setOperationId(
                        operations.size() == 1 ? name : name + classes.get(operation))));
  }

  private static Map<String, Operation> operations(PathItem item) {
    var operations = new LinkedHashMap<String, Operation>();
    item.getOperations().forEach((verb, operation) -> operations.put(verb.name(), operation));
    return operations;
  }
}
