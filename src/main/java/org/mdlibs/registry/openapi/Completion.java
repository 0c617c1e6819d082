package org.mdlibs.registry.openapi;

import jakarta.annotation.security.PermitAll;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.problem.RequestId;

/** Completes one operation. */
final class Completion {
  private static final String API = "/api/v1/";
  private static final String LIBRARY = API + "libraries/{scope}/{name}";
  private static final String CALLBACK = API + "auth/oidc/callback";
  private static final String JSON = "application/json";

  private final String path;
  private final PathItem.HttpMethod verb;
  private final Operation operation;
  private final List<Method> methods;

  Completion(String path, PathItem.HttpMethod verb, Operation operation, List<Method> methods) {
    this.path = path;
    this.verb = verb;
    this.operation = operation;
    this.methods = methods;
  }

  void complete(ProblemAnswers problems) {
    if (operation.getResponses() == null) {
      operation.setResponses(OASFactory.createAPIResponses());
    }
    if (!methods.isEmpty()) {
      secure(methods.get(0));
      answer(methods.get(0));
    }
    parameters();
    success();
    if (path.startsWith(API)) {
      refusals(problems);
    } else {
      problems.add(operation.getResponses(), 405);
      if (operation.getParameters() != null) {
        problems.add(operation.getResponses(), 400);
      }
      problems.add(operation.getResponses(), 406);
    }
    problems.complete(operation.getResponses());
    operation.getResponses().setAPIResponses(sorted(operation.getResponses()));
  }

  private static Map<String, APIResponse> sorted(APIResponses responses) {
    return new TreeMap<>(responses.getAPIResponses());
  }

  private void secure(Method method) {
    boolean open = method.isAnnotationPresent(PermitAll.class);
    Needs needs = method.getAnnotation(Needs.class);
    boolean reads = needs != null && needs.value().length > 0;
    operation.setSecurity(open ? reads ? Security.optional() : List.of() : Security.required());
    if (reads) {
      String scopes =
          Arrays.stream(needs.value())
              .map(Permission::wireName)
              .map(name -> "`" + name + "`")
              .collect(Collectors.joining(", "));
      String sentence = "A token needs the scope " + scopes + ".";
      String told = operation.getDescription();
      operation.setDescription(told == null ? sentence : told + " " + sentence);
    }
  }

  /** What a method returns, where annotations describe refusals alone. */
  private void answer(Method method) {
    APIResponses responses = operation.getResponses();
    if (responses.getAPIResponses().keySet().stream().anyMatch(code -> code.matches("[23].."))) {
      return;
    }
    APIResponse response = OASFactory.createAPIResponse();
    Class<?> type = method.getReturnType();
    if (type == void.class) {
      responses.addAPIResponse("204", response);
    } else if (type.isRecord()) {
      response.setContent(
          OASFactory.createContent()
              .addMediaType(
                  JSON,
                  OASFactory.createMediaType()
                      .schema(OASFactory.createSchema().ref(type.getSimpleName()))));
      responses.addAPIResponse("200", response);
    } else {
      throw new IllegalStateException("Describe what it answers with: " + method);
    }
  }

  private void parameters() {
    if (operation.getParameters() == null) {
      operation.setParameters(new ArrayList<>());
    }
    var parameters = new ArrayList<Parameter>();
    for (Parameter parameter : operation.getParameters()) {
      parameters.add(
          switch (String.valueOf(parameter.getName())) {
            case "page" -> Parts.parameterRef("Page");
            case "per_page" -> Parts.parameterRef("PerPage");
            default -> explained(parameter);
          });
    }
    // Those of the path first, and as they stand there: clients take them in this order.
    parameters.sort(Comparator.comparingInt(this::position));
    if (answersWithTag()) {
      parameters.add(Parts.parameterRef("IfNoneMatch"));
    }
    operation.setParameters(parameters.isEmpty() ? null : parameters);
  }

  private int position(Parameter parameter) {
    return parameter.getIn() == Parameter.In.PATH
        ? path.indexOf("{" + parameter.getName() + "}")
        : Integer.MAX_VALUE;
  }

  private Parameter explained(Parameter parameter) {
    if (parameter.getRef() != null) {
      return parameter;
    }
    String name = parameter.getName();
    if (parameter.getSchema() == null || parameter.getSchema().getType() == SchemaType.OBJECT) {
      parameter.setSchema(Parts.of(SchemaType.STRING));
    }
    if (parameter.getDescription() == null) {
      parameter.setDescription(Vocabulary.meaning(operation.getOperationId(), name));
    }
    if (parameter.getExample() == null) {
      parameter.setExample(
          Vocabulary.example(operation.getOperationId(), name, parameter.getSchema().getType()));
    }
    if (name.equals("id") || name.equals("uid")) {
      parameter.getSchema().setFormat("uuid");
    }
    return parameter;
  }

  /** Answers that the JSON writer gives an entity tag. */
  private boolean answersWithTag() {
    APIResponse ok = operation.getResponses().getAPIResponse("200");
    return verb == PathItem.HttpMethod.GET
        && path.startsWith(API)
        && ok != null
        && ok.getContent() != null
        && ok.getContent().hasMediaType(JSON);
  }

  private void success() {
    APIResponses responses = operation.getResponses();
    if (answersWithTag()) {
      responses.getAPIResponse("200").addHeader("ETag", Parts.headerRef("ETag"));
      responses.addAPIResponse(
          "304", OASFactory.createAPIResponse().description("What the caller has still holds."));
    }
    responses
        .getAPIResponses()
        .forEach(
            (code, response) -> {
              if (code.startsWith("2") || code.startsWith("3")) {
                succeed(code, response);
              }
            });
  }

  private void succeed(String code, APIResponse response) {
    response.addHeader(RequestId.HEADER, Parts.headerRef("RequestId"));
    if (isPaged() && code.equals("200")) {
      response.addHeader("Link", Parts.headerRef("Link"));
    }
    if (code.equals("302") || (code.equals("201") && hasLocation())) {
      response.addHeader("Location", Parts.header("Where it is.", SchemaType.STRING));
    }
    // In an order of their own: every build makes the same document.
    response.setHeaders(new TreeMap<>(response.getHeaders()));
    if (response.getDescription() == null && code.equals("204")) {
      response.setDescription("Done.");
    }
    if (response.getDescription() == null
        || response.getDescription().isEmpty()
        || response.getDescription().equals("OK")) {
      response.setDescription("As asked for.");
    }
    if (response.getDescription().equals("No Content")) {
      response.setDescription("Done.");
    }
  }

  /** Made by a POST to a collection; what is made of something has no address of its own. */
  private boolean hasLocation() {
    return !path.contains("{");
  }

  private boolean isPaged() {
    return operation.getParameters() != null
        && operation.getParameters().stream()
            .anyMatch(parameter -> String.valueOf(parameter.getRef()).endsWith("/PerPage"));
  }

  private void refusals(ProblemAnswers problems) {
    APIResponses responses = operation.getResponses();
    var statuses = new ArrayList<>(List.of(400, 401, 403, 406, 429, 503));
    if (path.contains("{") || path.startsWith(API + "auth/oidc/")) {
      statuses.add(404);
    }
    if (operation.getRequestBody() != null) {
      operation.getRequestBody().setRequired(true);
      statuses.addAll(List.of(413, 415));
    }
    if (path.startsWith(LIBRARY)) {
      statuses.add(410);
      moved(responses);
    }
    if (path.endsWith("/download")) {
      statuses.add(416);
      statuses.removeAll(List.of(406));
    }
    statuses.forEach(status -> problems.add(responses, status));
    if (path.equals(CALLBACK)) {
      problems.addPages(responses);
    }
  }

  private void moved(APIResponses responses) {
    responses.addAPIResponse(
        "308",
        OASFactory.createAPIResponse()
            .description("The library moved: the same request goes to `Location`.")
            .addHeader("Location", Parts.header("Where it is now.", SchemaType.STRING)));
  }
}
