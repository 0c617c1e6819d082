package org.mdlibs.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.mdlibs.cli.Http.Answer;

/** Tells the registry's refusal (RFC 9457) as a {@link Failure}. */
final class Problem {
  private Problem() {}

  /** The failure that an answer with an unwanted status stands for. */
  static Failure failure(Answer answer) {
    int status = answer.status();
    JsonObject json = body(answer);
    String code = Json.text(json, "code");
    return new Failure(
        exitCode(status), message(status, json, code), hint(status, code, answer), null);
  }

  private static JsonObject body(Answer answer) {
    if (!answer.header("Content-Type").orElse("").contains("json")) {
      return new JsonObject();
    }
    try {
      return Json.parse(answer);
    } catch (Failure e) {
      // A refusal that cannot be read is still a refusal; its status is told.
      return new JsonObject();
    }
  }

  private static String message(int status, JsonObject json, String code) {
    String title = Json.text(json, "title");
    if (title == null) {
      title =
          switch (status) {
            case 401 -> "The registry asks for a login";
            case 403 -> "The registry does not allow this";
            case 404 -> "The registry has nothing there";
            case 413 -> "The registry takes no body of that size";
            case 429 -> "The registry asks to slow down";
            default -> "The registry answered with status " + status;
          };
    }
    String faults =
        StreamSupport.stream(Json.list(json, "errors").spliterator(), false)
            .filter(JsonElement::isJsonObject)
            .map(JsonElement::getAsJsonObject)
            .map(e -> Json.text(e, "field") + " " + Json.text(e, "message"))
            .collect(Collectors.joining("; "));
    String detail = faults.isEmpty() ? Json.text(json, "detail") : faults;
    return title + (code == null ? "" : " (" + code + ")") + (detail == null ? "." : ": " + detail);
  }

  private static int exitCode(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.DENIED;
      case 404, 410 -> ExitCode.NOT_FOUND;
      case 502, 503, 504 -> ExitCode.NETWORK;
      default -> ExitCode.FAILED;
    };
  }

  private static String hint(int status, String code, Answer answer) {
    if ("VERSION_EXISTS".equals(code)) {
      return "A version never changes: raise it in .mdlibs.toml or with --version.";
    }
    return switch (status) {
      case 401 -> "Log in: mdlibs login";
      case 403 -> "See who you are (mdlibs whoami), or ask the owner or the operators.";
      case 404 -> "Check the spelling (mdlibs search); a private library needs: mdlibs login";
      case 410 -> "See what there is: mdlibs info @scope/name";
      case 429 ->
          "Try again in " + answer.header("Retry-After").orElse("a few").strip() + " seconds.";
      case 400, 409, 413, 422 -> "Mend it and try again.";
      default -> "Try again later, or tell the operators of the registry.";
    };
  }
}
