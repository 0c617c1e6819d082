package org.mdlibs.registry.testing;

import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks to the registry in the words of its domain, as one caller. */
public final class RegistryClient {
  /** The path of the interface. */
  public static final String API = "/api/v1";

  private static final String BOUNDARY = "a-boundary-that-no-archive-holds";

  /** The content type of the forms that {@link #form} makes. */
  public static final String FORM_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  /** The password of every account that {@link #newUser} makes. */
  public static final String PASSWORD = "a good password of mine";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final AtomicInteger ADDRESS = new AtomicInteger();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final String username;
  private final String token;

  /**
   * Nobody, as a caller.
   *
   * @param server where the registry answers, without a slash at the end
   */
  RegistryClient(URI server) {
    this(server, "", null);
  }

  private RegistryClient(URI server, String username, String token) {
    this.server = server;
    this.username = username;
    this.token = token;
  }

  /** The caller's name, which is also his scope. */
  public String username() {
    return username;
  }

  /** The caller's token. */
  public String token() {
    return token;
  }

  /** A caller with a new account of his own. */
  public RegistryClient newUser() {
    String name = "user" + NUMBER.incrementAndGet() + "x" + Long.toString(System.nanoTime(), 36);
    register(name, name + "@example.org", PASSWORD).is(201);
    return login(name, PASSWORD);
  }

  /** The first administrator. */
  public RegistryClient admin() {
    return login("admin", RegistryServer.ADMIN_PASSWORD);
  }

  /** The same server, with some other token. */
  public RegistryClient withToken(String other) {
    return new RegistryClient(server, username, other);
  }

  /** Registers an account, from an address of its own: how many come from one is limited. */
  public Answer register(String name, String email, String password) {
    return postFrom(
        ownAddress(),
        "/auth/register",
        Json.createObjectBuilder()
            .add("username", name)
            .add("email", email)
            .add("password", password)
            .build()
            .toString());
  }

  private RegistryClient login(String name, String password) {
    return new RegistryClient(
        server, name, loginFrom(ownAddress(), name, password).is(200).string("token"));
  }

  /** An address that no other call comes from (RFC 2544's, which no test uses by name). */
  private static String ownAddress() {
    int number = ADDRESS.incrementAndGet();
    return "198.%d.%d.%d".formatted(18 + (number >> 16) % 2, (number >> 8) & 255, number & 255);
  }

  /** Logs in. */
  public Answer loginAnswer(String name, String password) {
    return post(
        "/auth/login",
        Json.createObjectBuilder()
            .add("username", name)
            .add("password", password)
            .build()
            .toString());
  }

  /** Posts JSON. */
  public Answer post(String path, String json) {
    return send(
        request(API + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /**
   * Calls a path of the interface in any way.
   *
   * @param json the body, or null for none
   */
  public Answer call(String method, String path, String json) {
    var request =
        request(API + path)
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    return send(json == null ? request : request.header("Content-Type", "application/json"));
  }

  /** The caller's id. */
  public String id() {
    return get("/users/me").is(200).string("id");
  }

  /** Puts JSON. */
  public Answer put(String path, String json) {
    return send(
        request(API + path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  /** Deletes. */
  public Answer delete(String path) {
    return send(request(API + path).DELETE());
  }

  /** Logs in through a trusted proxy that tells the client's address. */
  public Answer loginFrom(String address, String name, String password) {
    String json =
        Json.createObjectBuilder()
            .add("username", name)
            .add("password", password)
            .build()
            .toString();
    return postFrom(address, "/auth/login", json);
  }

  /** Posts JSON through a trusted proxy that tells the client's address. */
  public Answer postFrom(String address, String path, String json) {
    return send(
        request(API + path)
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", address)
            .POST(BodyPublishers.ofString(json)));
  }

  /** The health once it is of a status: what a check found holds for a moment. */
  public Answer health(int status) {
    Answer answer = send(request("/health/ready").GET());
    for (int tries = 1; tries < 100 && answer.status() != status; tries++) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      answer = send(request("/health/ready").GET());
    }
    return answer.is(status);
  }

  /** Gets a path of the interface. */
  public Answer get(String path, String... headers) {
    var request = request(API + path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.GET());
  }

  /** Asks for the headers alone. */
  public Answer head(String path) {
    return send(request(API + path).method("HEAD", BodyPublishers.noBody()));
  }

  /** Downloads a version. */
  public Answer download(String scope, String name, String version, String... headers) {
    return get("/libraries/%s/%s/%s/download".formatted(scope, name, version), headers);
  }

  /** Searches, with parameters as they go into the URL. */
  public Answer search(String parameters) {
    return get("/libraries?" + parameters);
  }

  /** Searches for words. */
  public Answer find(String words) {
    return search("q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
  }

  /** Publishes an archive that says all about itself. */
  public Answer publish(ArchiveBuilder archive) {
    return publish(archive.bytes());
  }

  /**
   * Publishes.
   *
   * @param fields names and values of the form, in turn
   */
  public Answer publish(byte[] archive, String... fields) {
    return publishTo("/libraries", archive, fields);
  }

  /** Rehearses publishing. */
  public Answer dryRun(byte[] archive, String... fields) {
    return publishTo("/libraries?dry_run=true", archive, fields);
  }

  private Answer publishTo(String path, byte[] archive, String... fields) {
    return sendForm(path, form(archive, fields));
  }

  /** Sends a form that was made by hand. */
  public Answer sendForm(String path, byte[] form) {
    return send(
        request(API + path)
            .header("Content-Type", FORM_TYPE)
            .POST(BodyPublishers.ofByteArray(form)));
  }

  /** The form of a publish request. */
  public static byte[] form(byte[] archive, String... fields) {
    var body = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      body.writeBytes(part("name=\"" + fields[i] + "\""));
      body.writeBytes((fields[i + 1] + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    if (archive != null) {
      body.writeBytes(part("name=\"file\"; filename=\"archive.tar.gz\""));
      body.writeBytes(archive);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static byte[] part(String disposition) {
    return ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A request to any path of the server, as this caller. */
  public HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofMinutes(2));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends a request. */
  public Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
