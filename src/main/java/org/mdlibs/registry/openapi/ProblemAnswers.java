package org.mdlibs.registry.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemType;

/** The answers with a problem, written from the catalogue; each status stands once. */
final class ProblemAnswers {
  private static final String SCHEMA = "Problem";
  private static final String FAULT = "Fault";
  private static final String ANY = "default";

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(400, "BadRequest"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(405, "MethodNotAllowed"),
          Map.entry(406, "NotAcceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(413, "ContentTooLarge"),
          Map.entry(415, "UnsupportedMediaType"),
          Map.entry(416, "RangeNotSatisfiable"),
          Map.entry(422, "UnprocessableContent"),
          Map.entry(429, "TooManyRequests"),
          Map.entry(503, "ServiceUnavailable"),
          Map.entry(507, "InsufficientStorage"));

  private final Components components;

  ProblemAnswers(Components components) {
    this.components = components;
    components.addSchema(FAULT, fault());
    components.addSchema(SCHEMA, problem());
    components.addHeader(
        "RetryAfter", Parts.header("After how many seconds to try again.", SchemaType.INTEGER));
    components.addHeader(
        "WwwAuthenticate", Parts.header("The challenge (RFC 6750).", SchemaType.STRING));
  }

  /** Adds an answer, or completes one that an annotation described. */
  void add(APIResponses responses, int status) {
    String code = String.valueOf(status);
    if (!responses.hasAPIResponse(code)) {
      responses.addAPIResponse(code, OASFactory.createAPIResponse().ref(shared(status)));
    }
  }

  /** Gives the answers that annotations described their content, and all others one in common. */
  void complete(APIResponses responses) {
    responses
        .getAPIResponses()
        .forEach(
            (code, response) -> {
              if (isProblem(code) && response.getRef() == null && response.getContent() == null) {
                fill(response, Integer.parseInt(code));
              }
            });
    if (!components.getResponses().containsKey(SCHEMA)) {
      components.addResponse(
          SCHEMA,
          OASFactory.createAPIResponse()
              .description(
                  "Any other problem, such as 405 METHOD_NOT_ALLOWED, 414 URI_TOO_LONG and 500"
                      + " INTERNAL_ERROR.")
              .headers(Map.of("X-Request-Id", Parts.headerRef("RequestId")))
              .content(content(ProblemType.INTERNAL_ERROR)));
    }
    responses.addAPIResponse(ANY, OASFactory.createAPIResponse().ref(SCHEMA));
  }

  /** Lets problems be pages too, for people whom a browser led there. */
  void addPages(APIResponses responses) {
    for (String code : List.copyOf(responses.getAPIResponses().keySet())) {
      if (isProblem(code)) {
        int status = Integer.parseInt(code);
        APIResponse response = OASFactory.createAPIResponse().description(codes(status));
        fill(response, status);
        response
            .getContent()
            .addMediaType(
                "text/html", OASFactory.createMediaType().schema(Parts.of(SchemaType.STRING)));
        responses.addAPIResponse(code, response);
      }
    }
  }

  private static String codes(int status) {
    return types(status).stream().map(ProblemType::name).collect(Collectors.joining(", ")) + ".";
  }

  private static boolean isProblem(String code) {
    return code.matches("[45]\\d\\d");
  }

  private String shared(int status) {
    String name = NAMES.get(status);
    if (components.getResponses() == null || !components.getResponses().containsKey(name)) {
      APIResponse response = OASFactory.createAPIResponse();
      response.setDescription(codes(status));
      fill(response, status);
      components.addResponse(name, response);
    }
    return name;
  }

  private static List<ProblemType> types(int status) {
    return Arrays.stream(ProblemType.values()).filter(type -> type.status() == status).toList();
  }

  private static void fill(APIResponse response, int status) {
    response.addHeader("X-Request-Id", Parts.headerRef("RequestId"));
    if (status == 401) {
      response.addHeader("WWW-Authenticate", Parts.headerRef("WwwAuthenticate"));
    }
    if (status == 429 || status == 503) {
      response.addHeader("Retry-After", Parts.headerRef("RetryAfter"));
    }
    response.setContent(content(named(response.getDescription(), status)));
  }

  /** The problem that a description names first; else the first of the status. */
  private static ProblemType named(String description, int status) {
    return types(status).stream()
        .filter(type -> description.contains(type.name()))
        .findFirst()
        .orElse(types(status).get(0));
  }

  private static Content content(ProblemType type) {
    return OASFactory.createContent()
        .addMediaType(
            Problem.MEDIA_TYPE,
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref(SCHEMA))
                .example(example(type)));
  }

  private static Map<String, Object> example(ProblemType type) {
    var example = new java.util.LinkedHashMap<String, Object>();
    example.put("type", type.urn());
    example.put("title", type.title());
    example.put("status", type.status());
    example.put("detail", "One sentence that says what to do.");
    example.put("instance", Vocabulary.UUID_EXAMPLE);
    example.put("code", type.name());
    return example;
  }

  private static Schema fault() {
    return Parts.object("One fault of an invalid input.")
        .addProperty("field", Parts.text("The member, parameter or form field at fault.", "name"))
        .addProperty("message", Parts.text("What is wrong with it.", "is required"))
        .required(List.of("field", "message"));
  }

  private static Schema problem() {
    var codes = new ArrayList<Object>();
    var statuses = new TreeSet<Integer>();
    for (ProblemType type : ProblemType.values()) {
      codes.add(type.name());
      statuses.add(type.status());
    }
    return Parts.object("A problem (RFC 9457). Limits add their figures as further members.")
        .addProperty(
            "type",
            Parts.text("The stable identifier.", ProblemType.NOT_FOUND.urn())
                .pattern("^urn:mdlibs:problem:[a-z0-9-]+$"))
        .addProperty("title", Parts.text("The summary.", ProblemType.NOT_FOUND.title()))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .type(SchemaType.INTEGER)
                .format("int32")
                .enumeration(List.copyOf(statuses))
                .description("The status."))
        .addProperty("detail", Parts.text("What to do.", "Check the spelling."))
        .addProperty("instance", Parts.text("The id of the request.", Vocabulary.UUID_EXAMPLE))
        .addProperty("code", Parts.text("The stable code.", "NOT_FOUND").enumeration(codes))
        .addProperty(
            "error", Parts.text("Its name in RFC 8628, for devices.", "authorization_pending"))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .type(SchemaType.ARRAY)
                .items(OASFactory.createSchema().ref(FAULT))
                .description("The faults of an invalid input, all at once."))
        .required(List.of("type", "title", "status", "detail", "instance", "code"));
  }
}
