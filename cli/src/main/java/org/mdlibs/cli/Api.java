package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mdlibs.cli.Http.Answer;

/**
 * A part of the REST contract, typed. Every method throws {@link Failure}: exit code 3 for 401 and
 * 403, 4 for 404 and 410, 6 when the registry cannot be had, 1 for other refusals.
 */
abstract class Api {
  /** What every path of the contract starts with. */
  static final String ROOT = "/api/v1";

  private static final int PAGE = 100;

  /** The contract has no page beyond; an answer that says otherwise does not keep us busy. */
  private static final int MOST_PAGES = 100;

  final Http http;

  Api(Http http) {
    this.http = http;
  }

  Registry registry() {
    return http.registry();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The body of the answer, which must have the expected status. */
  JsonObject send(String method, String path, Http.Body body, int expected) {
    try (Answer answer = send(method, path, body)) {
      return Json.read(answer, expected);
    }
  }

  /** The answer, whatever its status; the caller closes it. */
  Answer send(String method, String path, Http.Body body) {
    return http.send(
        method, ROOT + path, Map.of("Accept", "application/json, application/problem+json"), body);
  }

  /** The items of all pages of a list. */
  List<JsonObject> pages(String path, String items) {
    var all = new ArrayList<JsonObject>();
    long total;
    int page = 1;
    do {
      JsonObject json = send("GET", path + "?per_page=" + PAGE + "&page=" + page, null, 200);
      List<JsonObject> found = Json.objects(json, items);
      all.addAll(found);
      total = found.isEmpty() ? 0 : Json.number(json, "total");
      page++;
    } while (page <= MOST_PAGES && (long) (page - 1) * PAGE < total);
    return all;
  }
}
