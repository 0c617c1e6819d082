package org.mdlibs.registry.storage;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.s3.filters.Aws4SignerBase.ServiceAndRegion;
import org.jclouds.s3.reference.S3Constants;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.StorageSettings.Bucket;

/** Blobs as objects of one bucket, by the provider {@code s3} of jclouds. */
final class S3Store implements Store {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(15);
  private static final int RETRIES = 2;

  /** How long a signed URL may be begun to be used; a download that has begun goes on. */
  private static final Duration REDIRECT_VALIDITY = Duration.ofMinutes(5);

  private static final int PAGE = 1_000;

  private final Chance chance = new Chance();
  private final Bucket bucket;
  private final BlobStoreContext context;

  private S3Store(Bucket bucket, BlobStoreContext context) {
    this.bucket = bucket;
    this.context = context;
  }

  /**
   * Opens a bucket, and sees that it can be listed.
   *
   * @throws IllegalStateException with a sentence that says why it cannot be used
   */
  static S3Store open(Bucket bucket) {
    var properties = new Properties();
    properties.setProperty(S3Constants.PROPERTY_SIGNER_VERSION, "4");
    properties.setProperty(
        S3Constants.PROPERTY_S3_VIRTUAL_HOST_BUCKETS, String.valueOf(!bucket.isPathStyle()));
    properties.setProperty(
        Constants.PROPERTY_CONNECTION_TIMEOUT, String.valueOf(CONNECT_TIMEOUT.toMillis()));
    properties.setProperty(
        Constants.PROPERTY_SO_TIMEOUT, String.valueOf(SILENCE_TIMEOUT.toMillis()));
    properties.setProperty(Constants.PROPERTY_MAX_RETRIES, String.valueOf(RETRIES));
    BlobStoreContext context =
        ContextBuilder.newBuilder("s3")
            .endpoint(bucket.endpoint().toString())
            .credentials(bucket.accessKey(), bucket.secretKey())
            .overrides(properties)
            .modules(Set.<Module>of(new SigningFor(bucket.region())))
            .buildView(BlobStoreContext.class);
    var store = new S3Store(bucket, context);
    try {
      store.page(null, 1);
      return store;
    } catch (IOException e) {
      context.close();
      throw StorageFailure.atStart(bucket, e);
    }
  }

  /** Tells the signer the region, which it guesses from Amazon's host names otherwise. */
  private static final class SigningFor extends AbstractModule {
    private final String region;

    SigningFor(String region) {
      this.region = region;
    }

    @Override
    protected void configure() {
      bind(ServiceAndRegion.class)
          .toInstance(
              new ServiceAndRegion() {
                @Override
                public String service() {
                  return "s3";
                }

                @Override
                public String region(String host) {
                  return region;
                }
              });
    }
  }

  private BlobStore blobs() {
    return context.getBlobStore();
  }

  /** An object appears whole or not at all, and a server of S3 answers when it is durable. */
  @Override
  public void put(BlobKey key, Path file) throws IOException {
    long size = Files.size(file);
    StorageFailure.answer(
        () ->
            blobs()
                .putBlob(
                    bucket.name(),
                    blobs()
                        .blobBuilder(key.value())
                        // A file can be read again for another attempt; a stream cannot.
                        .payload(file.toFile())
                        .contentLength(size)
                        // What those get who are led to the bucket.
                        .contentType(Blobs.MEDIA_TYPE)
                        .contentDisposition("attachment; filename=\"" + key.fileName() + "\"")
                        .userMetadata(Map.of("sha256", key.sha256()))
                        .build()));
  }

  @Override
  public void remove(BlobKey key) throws IOException {
    remove(key.value());
  }

  private void remove(String name) throws IOException {
    StorageFailure.answer(
        () -> {
          blobs().removeBlob(bucket.name(), name);
          return null;
        });
  }

  @Override
  public InputStream read(BlobKey key) throws IOException {
    return read(key.value(), GetOptions.NONE);
  }

  @Override
  public InputStream read(BlobKey key, long first, long length) throws IOException {
    return read(key.value(), new GetOptions().range(first, first + length - 1));
  }

  private InputStream read(String name, GetOptions part) throws IOException {
    Blob blob = StorageFailure.answer(() -> blobs().getBlob(bucket.name(), name, part));
    if (blob == null) {
      throw new NoSuchFileException(name);
    }
    Long length = blob.getPayload().getContentMetadata().getContentLength();
    InputStream stream = blob.getPayload().openStream();
    return length == null ? stream : new BoundedStream(stream, length);
  }

  @Override
  public Optional<StoredBlob> find(BlobKey key) throws IOException {
    BlobMetadata facts =
        StorageFailure.answer(() -> blobs().blobMetadata(bucket.name(), key.value()));
    return Optional.ofNullable(facts)
        .map(f -> new StoredBlob(key, f.getSize(), f.getLastModified().toInstant()));
  }

  @Override
  public void list(Consumer<StoredBlob> each) throws IOException {
    String marker = null;
    do {
      PageSet<? extends StorageMetadata> page = page(marker, PAGE);
      for (StorageMetadata facts : page) {
        each.accept(
            new StoredBlob(
                new BlobKey(facts.getName()),
                facts.getSize(),
                facts.getLastModified().toInstant()));
      }
      marker = page.getNextMarker();
    } while (marker != null);
  }

  private PageSet<? extends StorageMetadata> page(String marker, int size) throws IOException {
    var options = new ListContainerOptions().recursive().maxResults(size);
    if (marker != null) {
      options.afterMarker(marker);
    }
    return StorageFailure.answer(() -> blobs().list(bucket.name(), options));
  }

  @Override
  public void probe() throws IOException {
    String name = "probe/" + chance.uuid();
    byte[] content = "probe".getBytes(StandardCharsets.UTF_8);
    StorageFailure.answer(
        () ->
            blobs()
                .putBlob(
                    bucket.name(),
                    blobs()
                        .blobBuilder(name)
                        .payload(content)
                        .contentLength(content.length)
                        .build()));
    try (InputStream back = read(name, GetOptions.NONE)) {
      if (!new String(back.readAllBytes(), StandardCharsets.UTF_8).equals("probe")) {
        throw new IOException("the probe came back changed");
      }
    } finally {
      remove(name);
    }
  }

  /**
   * The URL alone carries the right to read; the headers that jclouds would send with it are for
   * nobody else.
   */
  @Override
  public Optional<URI> redirect(BlobKey key) throws IOException {
    if (!bucket.redirects()) {
      return Optional.empty();
    }
    return Optional.of(
        StorageFailure.answer(
            () ->
                context
                    .getSigner()
                    .signGetBlob(bucket.name(), key.value(), REDIRECT_VALIDITY.toSeconds())
                    .getEndpoint()));
  }

  @Override
  public void close() {
    context.close();
  }
}
