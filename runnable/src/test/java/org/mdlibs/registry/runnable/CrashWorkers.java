package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Publishes and deletes by several threads, and remembers what was asked and what was answered. A
 * request that a kill cut off has either happened or not; everything else is certain.
 */
final class CrashWorkers {
  private static final int PUBLISHERS = 4;
  private static final int DELETERS = 2;
  private static final int LIBRARIES = 20;
  private static final int LARGEST_BYTES = 200_000;
  private static final String BOUNDARY = "crash-boundary";
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  /** What is known of a version. */
  private enum State {
    PUBLISHING,
    THERE,
    DELETING,
    DELETED
  }

  /** What a version must answer with. */
  private record Promise(State state, String sha256) {}

  private final String library;
  private KilledServer server;
  private final Map<String, Promise> promises = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger surprises = new AtomicInteger();
  private final long seed;
  private HttpClient http;
  private String token;

  /**
   * Workers.
   *
   * @param library what the names of their libraries begin with
   */
  CrashWorkers(KilledServer server, String library, long seed) {
    this.server = server;
    this.library = library;
    this.seed = seed;
  }

  /** Works until the kill, which comes after so many milliseconds. */
  void work(long milliseconds, Runnable kill) throws IOException, InterruptedException {
    login();
    var killed = new AtomicBoolean();
    var failures = new ConcurrentLinkedQueue<Throwable>();
    List<Thread> threads =
        IntStream.range(0, PUBLISHERS + DELETERS)
            .mapToObj(
                index ->
                    new Thread(
                        () -> {
                          try {
                            repeat(index, killed);
                          } catch (RuntimeException | Error e) {
                            failures.add(e);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    Thread.sleep(milliseconds);
    killed.set(true);
    kill.run();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private void repeat(int index, AtomicBoolean killed) {
    var random = new Random(seed * 1_000_003 + number.get() * 31L + index);
    while (!killed.get()) {
      try {
        if (index < PUBLISHERS) {
          publish(random);
        } else {
          delete(random);
        }
      } catch (IOException e) {
        // The kill: what was asked is in doubt, and stays so.
        if (!killed.get()) {
          throw new IllegalStateException("broke off before the kill", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void publish(Random random) throws IOException, InterruptedException {
    byte[] archive = archive(random);
    String name = library + random.nextInt(LIBRARIES);
    String version = "1.0." + number.incrementAndGet();
    String path = "/libraries/admin/" + name + "/" + version;
    String sha256 = sha256(archive);
    promises.put(path, new Promise(State.PUBLISHING, sha256));
    var body = new ByteArrayOutputStream();
    for (var field : Map.of("name", name, "version", version, "description", "crash").entrySet()) {
      part(
          body,
          "name=\"" + field.getKey() + '"',
          field.getValue().getBytes(StandardCharsets.UTF_8));
    }
    part(body, "name=\"file\"; filename=\"a.tar.gz\"", archive);
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    HttpResponse<String> answer =
        http.send(
            request("/libraries")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() == 201) {
      promises.put(path, new Promise(State.THERE, sha256));
    } else {
      // Contention: not published.
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      surprises.incrementAndGet();
    }
  }

  private void delete(Random random) throws IOException, InterruptedException {
    List<String> there =
        promises.entrySet().stream()
            .filter(entry -> entry.getValue().state() == State.THERE)
            .map(Map.Entry::getKey)
            .toList();
    if (there.size() < LIBRARIES) {
      Thread.sleep(20);
      return;
    }
    String path = there.get(random.nextInt(there.size()));
    Promise promise = promises.get(path);
    if (!promises.replace(path, promise, new Promise(State.DELETING, promise.sha256()))) {
      return;
    }
    HttpResponse<String> answer =
        http.send(request(path).DELETE().build(), BodyHandlers.ofString());
    if (answer.statusCode() == 204) {
      promises.put(path, new Promise(State.DELETED, promise.sha256()));
    } else {
      assertThat(answer.statusCode()).as(answer.body()).isIn(404, 410, 503);
      surprises.incrementAndGet();
    }
  }

  /** Asks another server from now on, which must keep the same promises. */
  void turnTo(KilledServer other) {
    server = other;
  }

  /** Asks for everything that was ever asked for; doubts end here, one way or the other. */
  void check() throws IOException, InterruptedException {
    login();
    for (var entry : List.copyOf(promises.entrySet())) {
      Promise promise = entry.getValue();
      HttpResponse<byte[]> answer =
          http.send(request(entry.getKey() + "/download").build(), BodyHandlers.ofByteArray());
      int status = answer.statusCode();
      assertThat(status).as(entry.toString()).isIn(allowed(promise.state()));
      if (status == 200) {
        assertThat(sha256(answer.body())).as(entry.toString()).isEqualTo(promise.sha256());
      }
      if (status == 404) {
        promises.remove(entry.getKey());
      } else {
        promises.put(
            entry.getKey(),
            new Promise(status == 200 ? State.THERE : State.DELETED, promise.sha256()));
      }
    }
    HttpResponse<String> report =
        http.send(
            request("/admin/storage/verify").POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(report.body()).contains("\"whole\":true");
  }

  private static List<Integer> allowed(State state) {
    return switch (state) {
      case PUBLISHING -> List.of(200, 404);
      case THERE -> List.of(200);
      case DELETING -> List.of(200, 410);
      case DELETED -> List.of(410);
    };
  }

  private void login() throws IOException, InterruptedException {
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    token = "";
    HttpResponse<String> answer =
        http.send(
            request("/auth/login")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\"" + KilledServer.PASSWORD + "\"}"))
                .build(),
            BodyHandlers.ofString());
    Matcher found = TOKEN.matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    token = found.group(1);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.api(path)));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    String head =
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** A page of random text, which gzip cannot make much smaller. */
  static byte[] archive(Random random) throws IOException {
    byte[] noise = new byte[1 + random.nextInt(LARGEST_BYTES)];
    random.nextBytes(noise);
    byte[] page = Base64.getMimeEncoder().encode(noise);
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      var entry = new TarArchiveEntry("page.md");
      entry.setSize(page.length);
      tar.putArchiveEntry(entry);
      tar.write(page);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many versions were answered with 201 and are there, or were and are deleted. */
  long published() {
    return promises.values().stream().filter(p -> p.state() != State.PUBLISHING).count();
  }

  /** How many versions are there. */
  long there() {
    return promises.values().stream().filter(p -> p.state() == State.THERE).count();
  }

  @Override
  public String toString() {
    return "%d versions in %d requests, %d of them refused"
        .formatted(published(), number.get(), surprises.get());
  }
}
