package org.mdlibs.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.config.StorageSettings.Bucket;
import org.mdlibs.registry.config.StorageSettings.Folder;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.testing.S3Server;

class S3StoreTest extends StorageRules {
  @TempDir private static Path folder;
  private static S3Server server;
  private static Blobs blobs;

  @BeforeAll
  static void open() throws IOException {
    server = S3Server.start(folder);
    blobs = new Blobs(server.bucket());
    blobs.open();
  }

  @AfterAll
  static void close() {
    blobs.close();
    server.close();
  }

  @Override
  Blobs blobs() {
    return blobs;
  }

  @Override
  void intrude(String key, byte[] bytes) throws IOException {
    server.intrude(key, bytes);
  }

  private static HttpResponse<byte[]> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void lists_more_than_one_page() throws IOException {
    UUID scope = UUID.randomUUID();
    BlobKey first = put(scope, "1.0.0", noise(1));
    String folderOfVersion = first.value().substring(0, first.value().length() - 71);
    for (int i = 0; i < 1_005; i++) {
      intrude(folderOfVersion + "%064x.tar.gz".formatted(i), noise(1));
    }
    int[] count = new int[1];
    String[] last = {""};
    blobs.list(
        blob -> {
          assertThat(blob.key().value()).isGreaterThan(last[0]);
          last[0] = blob.key().value();
          count[0] += blob.key().value().startsWith(folderOfVersion) ? 1 : 0;
        });
    assertThat(count[0]).isEqualTo(1_006);
  }

  @Test
  void has_no_files_and_leads_nowhere_unless_told_to() throws IOException {
    BlobKey key = put(UUID.randomUUID(), "1.0.0", noise(10));
    assertThat(blobs.file(key)).isEmpty();
    assertThat(blobs.redirect(key)).isEmpty();
  }

  @Test
  void leads_to_a_url_that_opens_one_blob_without_credentials() throws Exception {
    byte[] bytes = noise(5_000);
    BlobKey key = put(UUID.randomUUID(), "1.0.0-rc.1", bytes);
    BlobKey other = put(UUID.randomUUID(), "1.0.0", noise(4_000));
    Bucket bucket = server.bucket();
    try (var leading = new Blobs(server.bucket(bucket.name(), bucket.secretKey(), true))) {
      leading.open();
      URI uri = leading.redirect(key).orElseThrow();
      HttpResponse<byte[]> answer = get(uri);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(bytes);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/gzip");
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"notes-1.0.0-rc.1.tar.gz\"");
      assertThat(answer.headers().firstValue("x-amz-meta-sha256")).contains(key.sha256());
      assertThat(uri.getQuery()).contains("X-Amz-Expires=300");
      assertThat(get(URI.create(uri.toString().replace(key.value(), other.value()))).statusCode())
          .isEqualTo(403);
      assertThat(get(URI.create(uri.toString().replaceFirst("\\?.*", ""))).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void says_at_the_start_what_is_wrong_with_the_bucket() {
    Bucket bucket = server.bucket();
    refuses(
        server.bucket("not-there", bucket.secretKey(), false),
        "MDLIBS_STORAGE names a bucket that is not there: s3://not-there at " + server.endpoint());
    refuses(
        server.bucket(bucket.name(), "a-wrong-secret", false),
        "MDLIBS_S3_ACCESS_KEY and MDLIBS_S3_SECRET_KEY do not open s3://"
            + bucket.name()
            + " at "
            + server.endpoint());
    refuses(
        new Bucket(
            bucket.name(), URI.create("http://127.0.0.1:1"), "eu-test-1", "a", "b", true, false),
        "MDLIBS_S3_ENDPOINT does not answer as S3: http://127.0.0.1:1 (java.net.ConnectException:");
  }

  private static void refuses(Bucket bucket, String reason) {
    try (var closed = new Blobs(bucket)) {
      assertThatThrownBy(closed::open)
          .isInstanceOf(IllegalStateException.class)
          .hasNoCause()
          .message()
          .startsWith(reason)
          .doesNotContain(bucket.secretKey() + "\n");
    }
  }

  @Test
  void takes_the_blobs_of_a_folder_and_gives_them_back() throws IOException {
    UUID scope = UUID.randomUUID();
    try (var files = new Blobs(new Folder(temporary.resolve("files")));
        var back = new Blobs(new Folder(temporary.resolve("back")))) {
      files.open();
      back.open();
      BlobKey key = key(scope, "1.0.0", noise(3_000));
      files.put(key, file(noise(3_000)));
      var blob = new StoredBlob(key, 3_000, Instant.EPOCH);
      var there = new BlobCopy(files, blobs, false, temporary);
      assertThat(there.copy(blob)).isEqualTo(BlobCopy.Outcome.COPIED);
      assertThat(there.copy(blob)).isEqualTo(BlobCopy.Outcome.PRESENT);
      assertThat(new BlobCopy(blobs, back, false, temporary).copy(blob))
          .isEqualTo(BlobCopy.Outcome.COPIED);
      assertThat(back.hash(key)).isEqualTo(key.sha256());
      files.remove(key);
      blobs.remove(key);
      assertThat(there.copy(blob)).isEqualTo(BlobCopy.Outcome.GONE);
    }
  }

  @Test
  void finds_its_way_back_when_the_server_was_away() throws IOException {
    byte[] bytes = noise(2_000);
    UUID scope = UUID.randomUUID();
    BlobKey kept = put(scope, "1.0.0", bytes);
    BlobKey next = key(scope, "2.0.0", bytes);
    Path file = file(bytes);
    server.stop();
    try {
      unavailable(() -> blobs.put(next, file));
      unavailable(() -> blobs.read(kept));
      unavailable(() -> blobs.size(kept));
      unavailable(() -> blobs.list(blob -> {}));
      unavailable(blobs::probe);
    } finally {
      server.resume();
    }
    assertThat(blobs.size(next)).isEmpty();
    assertThat(blobs.hash(kept)).isEqualTo(kept.sha256());
    blobs.put(next, file);
    assertThat(blobs.hash(next)).isEqualTo(next.sha256());
  }

  /** Something that needs the server. */
  private interface Call {
    void run() throws IOException;
  }

  private static void unavailable(Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE));
  }
}
