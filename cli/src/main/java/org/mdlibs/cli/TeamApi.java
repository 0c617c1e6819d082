package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import org.mdlibs.cli.Http.Answer;

/** Teams and who is in them, typed. The contract knows them by id, people by name. */
final class TeamApi extends Api {
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  TeamApi(Http http) {
    super(http);
  }

  /** {@code GET /teams}: the caller's; the answer as it is. */
  JsonObject teams() {
    return send("GET", "/teams", null, 200);
  }

  /**
   * The id of a team.
   *
   * @param name its name, or its id: an administrator may have to do with teams that he is not in
   * @throws Failure with exit code 4 when the caller is in no such team
   */
  String id(String name) {
    String wanted = folded(name);
    for (JsonObject team : Json.objects(teams(), "teams")) {
      if (wanted.equals(Json.text(team, "name"))) {
        return Json.required(team, "id");
      }
    }
    if (wanted.matches(ID)) {
      return wanted;
    }
    throw new Failure(
        ExitCode.NOT_FOUND, "You are in no team '" + name + "'.", "See: mdlibs team list");
  }

  /** {@code POST /teams}; the answer as it is. */
  JsonObject create(String name, String displayName) {
    var body = new JsonObject();
    body.addProperty("name", name);
    if (displayName != null) {
      body.addProperty("display_name", displayName);
    }
    return send("POST", "/teams", new JsonBody(body), 201);
  }

  /** {@code GET /teams/{id}}; the answer as it is. */
  JsonObject team(String id) {
    return send("GET", path(id), null, 200);
  }

  /** {@code DELETE /teams/{id}}. */
  void delete(String id) {
    send("DELETE", path(id), null, 204);
  }

  /** {@code GET /teams/{id}/members}, all pages. */
  List<JsonObject> members(String id) {
    return pages(path(id) + "/members", "members");
  }

  /**
   * A user in a team.
   *
   * @param isNew whether he was not in it before
   */
  record Placed(JsonObject member, boolean isNew) {}

  /** {@code POST /teams/{id}/members}. */
  Placed place(String id, String user, String role) {
    var body = new JsonObject();
    body.addProperty("username", user);
    body.addProperty("role", role);
    try (Answer answer = send("POST", path(id) + "/members", new JsonBody(body))) {
      boolean isNew = answer.status() != 200;
      return new Placed(Json.read(answer, isNew ? 201 : 200), isNew);
    }
  }

  /**
   * {@code DELETE /teams/{id}/members/{uid}}, by name.
   *
   * @throws Failure with exit code 4 when he is not in the team
   */
  void remove(String id, String user) {
    String wanted = folded(user);
    String uid =
        members(id).stream()
            .filter(member -> wanted.equals(Json.text(member, "username")))
            .map(member -> Json.required(member, "user_id"))
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure(
                        ExitCode.NOT_FOUND,
                        "'" + user + "' is not in the team.",
                        "See who is: mdlibs team show TEAM"));
    send("DELETE", path(id) + "/members/" + encode(uid), null, 204);
  }

  private static String path(String id) {
    return "/teams/" + encode(id);
  }

  /** As names are stored; an {@code @} before them is a habit of references. */
  private static String folded(String name) {
    return (name.startsWith("@") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
  }
}
