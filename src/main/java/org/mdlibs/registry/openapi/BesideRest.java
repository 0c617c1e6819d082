package org.mdlibs.registry.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASModelReader;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * The operations that no resource class serves, and so no annotation describes: downloads, health,
 * metrics, keys, and the document itself. The build runs it ({@code mp.openapi.model.reader}).
 */
public class BesideRest implements OASModelReader {
  private static final String JSON = "application/json";

  @Override
  public OpenAPI buildModel() {
    Paths paths = OASFactory.createPaths();
    paths.addPathItem(
        "/api/v1/libraries/{scope}/{name}/{version}/download",
        OASFactory.createPathItem()
            .GET(
                download("downloadVersion", "Download a version")
                    .description(
                        "The archive, byte for byte as it was published; `latest` leads to the"
                            + " version. A token needs the scope `read`."))
            .HEAD(
                download("checkDownload", "Ask for the headers of a download")
                    .description("Counts as no download. A token needs the scope `read`.")));
    get(paths, "/health", "getHealth", "Tell whether the registry can serve", health());
    get(paths, "/health/ready", "getReadiness", "Tell the same, for orchestrators", health());
    get(paths, "/health/live", "getLiveness", "Tell whether the process answers", health());
    get(
        paths,
        "/metrics",
        "getMetrics",
        "Tell the metrics",
        Map.of(
            "200",
            answer("Prometheus text.", "text/plain", Parts.of(SchemaType.STRING)),
            "401",
            OASFactory.createAPIResponse().ref("Unauthorized")));
    paths.getPathItem("/metrics").getGET().security(Security.ofMetrics());
    get(
        paths,
        "/.well-known/jwks.json",
        "getKeys",
        "Tell the public keys of login tokens",
        Map.of("200", answer("A JWK set (RFC 7517).", "application/jwk-set+json", keys())));
    get(
        paths,
        "/openapi",
        "getApiDocument",
        "Tell this document",
        Map.of(
            "200",
            answer("The document.", "application/yaml", Parts.of(SchemaType.STRING))
                .content(
                    content("application/yaml", Parts.of(SchemaType.STRING))
                        .addMediaType(
                            JSON,
                            OASFactory.createMediaType().schema(Parts.of(SchemaType.OBJECT))))));
    for (String path : List.of("/.well-known/jwks.json", "/openapi")) {
      Operation operation = paths.getPathItem(path).getGET();
      operation.addParameter(Parts.parameterRef("IfNoneMatch"));
      operation
          .getResponses()
          .addAPIResponse(
              "304", OASFactory.createAPIResponse().description("What the caller has still holds."))
          .getAPIResponse("200")
          .addHeader("ETag", Parts.headerRef("ETag"));
    }
    paths
        .getPathItem("/openapi")
        .getGET()
        .addParameter(
            Parts.parameter(
                Parameter.In.QUERY,
                "format",
                "The format, whatever `Accept` says.",
                Parts.of(SchemaType.STRING).enumeration(List.of("yaml", "json"))));
    return OASFactory.createOpenAPI()
        .paths(paths)
        .servers(List.of(OASFactory.createServer().url("/").description("The registry itself.")))
        .components(
            OASFactory.createComponents()
                .addSecurityScheme(
                    Security.METRICS,
                    OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The token of the metrics, where one is configured."))
                .addSecurityScheme(
                    Security.SESSION,
                    OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("mdlibs_session")
                        .description(
                            "The session of a browser, `__Host-mdlibs_session` behind TLS. Writes"
                                + " need the value of the cookie `mdlibs_csrf` in"
                                + " `X-CSRF-Token`.")));
  }

  private static Operation download(String id, String summary) {
    Schema bytes = Parts.of(SchemaType.STRING).format("binary");
    Operation operation =
        operation(id, summary)
            .security(Security.optional())
            .addParameter(path("scope"))
            .addParameter(path("name"))
            .addParameter(path("version"))
            .addParameter(Parts.parameterRef("IfNoneMatch"))
            .responses(
                OASFactory.createAPIResponses()
                    .addAPIResponse("200", archive("The archive.", bytes).headers(headers()))
                    .addAPIResponse(
                        "302",
                        OASFactory.createAPIResponse()
                            .description("The version that `latest` stands for, in `Location`."))
                    .addAPIResponse(
                        "304",
                        OASFactory.createAPIResponse()
                            .description("What the caller has still holds.")));
    if (id.startsWith("check")) {
      operation.getResponses().getAPIResponse("200").setContent(null);
      return operation;
    }
    operation
        .addParameter(header("Range", "The bytes that are wanted (RFC 9110).", "bytes=0-1023"))
        .addParameter(
            header("If-Range", "The `ETag` that the range is of.", "\"0123456789abcdef\""))
        .getResponses()
        .addAPIResponse(
            "206",
            archive("The bytes that were wanted.", bytes)
                .addHeader("Content-Range", Parts.header("Which they are.", SchemaType.STRING)))
        .addAPIResponse(
            "307",
            OASFactory.createAPIResponse()
                .description("The storage serves it: go to `Location`, without credentials.")
                .addHeader(
                    "Location", Parts.header("A signed URL that soon ends.", SchemaType.STRING)));
    return operation;
  }

  private static APIResponse archive(String description, Schema bytes) {
    return answer(description, "application/gzip", bytes);
  }

  private static Map<String, Header> headers() {
    return Map.of(
        "ETag", Parts.headerRef("ETag"),
        "Content-Disposition", Parts.header("The name of the file.", SchemaType.STRING),
        "Repr-Digest", Parts.header("The SHA-256 (RFC 9530).", SchemaType.STRING),
        "Accept-Ranges", Parts.header("`bytes`.", SchemaType.STRING));
  }

  private static Map<String, APIResponse> health() {
    Schema check =
        Parts.object("A part, and what is known of it.")
            .addProperty("status", status())
            .required(List.of("status"))
            .additionalPropertiesSchema(Parts.of(SchemaType.STRING));
    Schema health =
        Parts.object("The state.")
            .addProperty("status", status())
            .addProperty("checks", Parts.object("Each part.").additionalPropertiesSchema(check))
            .addProperty("version", Parts.text("The version of the registry.", "0.1.0"))
            .addProperty("read_only", Parts.text("Why no writes are taken.", "We move."))
            .required(List.of("status", "checks", "version"));
    return Map.of(
        "200", answer("It is up.", JSON, health), "503", answer("A part is down.", JSON, health));
  }

  private static Schema status() {
    return Parts.text("Whether it is up.", "UP").enumeration(List.of("UP", "DOWN"));
  }

  private static Schema keys() {
    return Parts.object("The keys.")
        .addProperty(
            "keys",
            Parts.of(SchemaType.ARRAY)
                .items(
                    Parts.object("A key.").additionalPropertiesSchema(Parts.of(SchemaType.STRING))))
        .required(List.of("keys"));
  }

  private static void get(
      Paths paths, String path, String id, String summary, Map<String, APIResponse> answers) {
    var responses = OASFactory.createAPIResponses();
    answers.forEach(responses::addAPIResponse);
    paths.addPathItem(
        path,
        OASFactory.createPathItem()
            .GET(operation(id, summary).security(List.of()).responses(responses)));
  }

  private static Operation operation(String id, String summary) {
    return OASFactory.createOperation().operationId(id).summary(summary);
  }

  private static APIResponse answer(String description, String type, Schema schema) {
    return OASFactory.createAPIResponse().description(description).content(content(type, schema));
  }

  private static Content content(String type, Schema schema) {
    return OASFactory.createContent()
        .addMediaType(type, OASFactory.createMediaType().schema(schema));
  }

  private static Parameter path(String name) {
    return Parts.parameter(Parameter.In.PATH, name, null, Parts.of(SchemaType.STRING))
        .required(true);
  }

  private static Parameter header(String name, String description, String example) {
    return Parts.parameter(Parameter.In.HEADER, name, description, Parts.of(SchemaType.STRING))
        .example(example);
  }
}
