package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mdlibs.cli.Http.Answer;
import org.mdlibs.registry.name.Version;

/** The libraries of a registry, typed. */
final class RegistryApi extends Api {
  RegistryApi(Http http) {
    super(http);
  }

  /**
   * {@code POST /libraries}; the answer as it is.
   *
   * @param dryRun asks for the verdict alone; nothing is stored
   */
  JsonObject publish(MultipartBody form, boolean dryRun) {
    return dryRun
        ? send("POST", "/libraries?dry_run=true", form, 200)
        : send("POST", "/libraries", form, 201);
  }

  /**
   * {@code GET /libraries}; the answer as it is.
   *
   * @param parameters name and value in turn; a null value is left out
   */
  JsonObject search(String... parameters) {
    var query = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      if (parameters[i + 1] != null) {
        query.append(query.length() == 0 ? '?' : '&');
        query.append(parameters[i]).append('=').append(encode(parameters[i + 1]));
      }
    }
    return send("GET", "/libraries" + query, null, 200);
  }

  /** {@code GET /libraries/{scope}/{name}}; the answer as it is. */
  JsonObject library(Reference reference) {
    return suggesting(reference, () -> send("GET", path(reference), null, 200));
  }

  /** One version, and what its archive must be. */
  record VersionDetails(
      Version version, String checksum, long size, boolean yanked, JsonObject json) {}

  /** {@code GET /libraries/{scope}/{name}/{version}}; {@code latest} will do as a version. */
  VersionDetails version(Reference reference, String version) {
    JsonObject json =
        suggesting(
            reference, () -> send("GET", path(reference) + "/" + encode(version), null, 200));
    String checksum = Json.required(json, "checksum");
    if (!checksum.matches("sha256:[0-9a-f]{64}")) {
      throw Json.unexpected("a checksum of another kind");
    }
    return new VersionDetails(
        version(Json.required(json, "version")),
        checksum,
        Json.number(json, "size"),
        Json.flag(json, "yanked"),
        json);
  }

  /** {@code GET /libraries/{scope}/{name}/versions}, all pages: those that were not yanked. */
  List<Version> versions(Reference reference) {
    return suggesting(reference, () -> pages(path(reference) + "/versions", "versions")).stream()
        .filter(item -> !Json.flag(item, "yanked"))
        .map(item -> version(Json.required(item, "version")))
        .toList();
  }

  /** {@code PUT} or {@code DELETE …/yank}. */
  void yank(Reference reference, Version version, boolean yanked) {
    // A body, however small: some proxies refuse a PUT that does not tell its length.
    Http.Body body = yanked ? new JsonBody(new JsonObject()) : null;
    send(yanked ? "PUT" : "DELETE", path(reference, version) + "/yank", body, 204);
  }

  /** {@code DELETE /libraries/{scope}/{name}/{version}}. */
  void delete(Reference reference, Version version) {
    send("DELETE", path(reference, version), null, 204);
  }

  private static Version version(String text) {
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException e) {
      throw Json.unexpected("a version that is none");
    }
  }

  /** Where there is no such library, the failure names those that are spelled almost so. */
  private <T> T suggesting(Reference reference, Supplier<T> request) {
    try {
      return request.get();
    } catch (Failure e) {
      if (!e.code().equals("LIBRARY_NOT_FOUND")) {
        throw e;
      }
      throw Similar.libraries(reference, this::search).map(hint -> hinted(e, hint)).orElse(e);
    }
  }

  private static Failure hinted(Failure e, String hint) {
    return new Failure(e.exitCode(), e.code(), e.getMessage(), hint, e);
  }

  /** {@code GET …/download}: the archive's bytes; the caller closes the answer. */
  Answer download(Reference reference, Version version) {
    Answer answer =
        http.download(
            ROOT + path(reference, version) + "/download",
            Map.of("Accept", "application/gzip, application/problem+json"));
    if (answer.status() != 200) {
      try (answer) {
        throw Problem.failure(answer);
      }
    }
    return answer;
  }

  /** A download whose connection broke, which is worth another attempt. */
  static final class CutOff extends Exception {
    private static final long serialVersionUID = 1L;

    CutOff(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reads from a download, so that a broken connection is told from a broken disk. */
  static int read(InputStream body, byte[] buffer) throws CutOff {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new CutOff(e.getMessage(), e);
    }
  }

  private static String path(Reference reference) {
    return "/libraries/" + reference.scope() + "/" + reference.name();
  }

  private static String path(Reference reference, Version version) {
    return path(reference) + "/" + encode(version.toString());
  }
}
