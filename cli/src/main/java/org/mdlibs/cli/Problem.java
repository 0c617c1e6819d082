package org.mdlibs.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.mdlibs.cli.Http.Answer;

/** The registry's refusal (RFC 9457). */
final class Problem {
  private final int status;
  private final JsonObject json;
  private final String code;
  private final String retryAfter;

  private Problem(Answer answer) {
    this.status = answer.status();
    this.json = body(answer);
    this.code = Json.text(json, "code");
    this.retryAfter = answer.header("Retry-After").orElse("a few").strip();
  }

  /** Reads the problem of an answer with an unwanted status. */
  static Problem of(Answer answer) {
    return new Problem(answer);
  }

  /** The failure that an answer with an unwanted status stands for. */
  static Failure failure(Answer answer) {
    return of(answer).failure();
  }

  /** The stable code, or an empty text. */
  String code() {
    return code == null ? "" : code;
  }

  /** The refusal as what ends the command. */
  Failure failure() {
    return new Failure(exitCode(status), code(), message(), hint(), null);
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

  private String message() {
    String title = Json.text(json, "title");
    if (title == null) {
      title =
          switch (status) {
            case 401 -> "The registry asks for a login";
            case 403 -> "The registry does not allow this";
            case 404 -> "The registry has nothing there";
            case 407 -> "The proxy asks for a name and a password, or takes others";
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
      case 407, 502, 503, 504 -> ExitCode.NETWORK;
      default -> ExitCode.FAILED;
    };
  }

  private String hint() {
    return switch (code()) {
      case "VERSION_EXISTS" ->
          "A version never changes: raise it in .mdlibs.toml or with --version.";
      case "LIBRARY_MOVED" -> "Publish it where it is now; the old name leads there for ever.";
      case "TEAM_NOT_FOUND", "SCOPE_NOT_FOUND" -> "See your teams: mdlibs team list";
      case "TEAM_NOT_EMPTY" -> "Delete its versions or move its libraries first.";
      case "USER_NOT_FOUND" -> "Check the spelling; whoever has no account cannot be added.";
      case "MEMBER_NOT_FOUND" -> "See who is in it: mdlibs team show TEAM";
      case "LAST_ADMIN" -> "Make somebody else admin first: mdlibs team add TEAM USER --role admin";
      case "TOKEN_NOT_FOUND" -> "See your tokens: mdlibs token list";
      case "TOO_MANY_TOKENS" -> "Revoke one that is not needed: mdlibs token list";
      default -> hintOfStatus();
    };
  }

  private String hintOfStatus() {
    return switch (status) {
      case 401 -> "Log in: mdlibs login";
      case 403 -> "See who you are (mdlibs whoami), or ask the owner or the operators.";
      case 404 -> "Check the spelling (mdlibs search); a private library needs: mdlibs login";
      case 410 -> "See what there is: mdlibs info @scope/name";
      case 407 -> "Set HTTPS_PROXY or HTTP_PROXY to http://user:password@host:port";
      case 429 -> "Try again in " + retryAfter + " seconds.";
      case 400, 409, 413, 422 -> "Mend it and try again.";
      default -> "Try again later, or tell the operators of the registry.";
    };
  }
}
