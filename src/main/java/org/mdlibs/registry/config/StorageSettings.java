package org.mdlibs.registry.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the archives lie: on the file system, or in a bucket that speaks S3. */
public sealed interface StorageSettings {
  /** The keys that have no default. */
  Set<String> KEYS =
      Set.of(
          "mdlibs.storage", "mdlibs.s3.endpoint", "mdlibs.s3.access.key", "mdlibs.s3.secret.key");

  /**
   * A folder.
   *
   * @param path absolute
   */
  record Folder(Path path) implements StorageSettings {
    @Override
    public String toString() {
      return "filesystem:" + path;
    }
  }

  /**
   * A bucket.
   *
   * @param endpoint http or https, without a slash at its end
   * @param region what requests are signed for
   * @param isPathStyle whether the bucket's name stands in the path, else in the host
   * @param redirects whether downloads are led to the bucket by signed URLs
   */
  record Bucket(
      String name,
      URI endpoint,
      String region,
      String accessKey,
      String secretKey,
      boolean isPathStyle,
      boolean redirects)
      implements StorageSettings {
    /** Never the keys. */
    @Override
    public String toString() {
      return "s3://" + name;
    }
  }

  /** Reads what {@code MDLIBS_STORAGE} says; what is wrong becomes a fault. */
  static StorageSettings read(Settings settings, Path home) {
    return settings
        .parsed("mdlibs.storage", text -> parse(text, settings, home))
        .orElseGet(() -> new Folder(home.resolve("storage")));
  }

  /**
   * Reads a storage; what is wrong with the settings of S3 becomes a fault.
   *
   * @throws IllegalArgumentException when it is none; the rest of a sentence
   */
  static StorageSettings parse(String text, Settings settings, Path home) {
    if (text.startsWith("filesystem:")) {
      String folder = text.substring("filesystem:".length());
      return new Folder(
          folder.isEmpty() ? home.resolve("storage") : settings.path("mdlibs.storage", folder));
    }
    if (text.startsWith("s3://")) {
      return new Reader(settings).bucket(text.substring("s3://".length()));
    }
    throw new IllegalArgumentException(
        "must be filesystem:/path or s3://bucket, not '" + text + "'");
  }

  /** Reads the settings of S3. */
  record Reader(Settings settings) {
    private static final String PREFIX = "mdlibs.s3.";

    /** As Amazon bounds them; other servers take no others. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private Bucket bucket(String name) {
      if (!BUCKET.matcher(name).matches() || name.contains("..")) {
        throw new IllegalArgumentException(
            "must name a bucket of 3 to 63 characters (a-z, 0-9, '.', '-') and nothing behind it,"
                + " not 's3://"
                + name
                + "'");
      }
      String region = settings.text(PREFIX + "region");
      if (!REGION.matcher(region).matches()) {
        settings.fault(
            PREFIX + "region", "must be a region such as us-east-1, not '" + region + "'");
        region = "us-east-1";
      }
      String amazon = "https://s3." + region + ".amazonaws.com";
      URI endpoint = settings.url(PREFIX + "endpoint").orElseGet(() -> URI.create(amazon));
      if (!endpoint.getRawPath().isEmpty()
          || endpoint.getRawQuery() != null
          || endpoint.getRawUserInfo() != null) {
        settings.fault(PREFIX + "endpoint", "must be scheme, host and port alone");
      }
      return new Bucket(
          name,
          endpoint,
          region,
          required("access.key"),
          required("secret.key"),
          settings.flag(PREFIX + "path.style"),
          settings.flag(PREFIX + "redirect"));
    }

    private String required(String key) {
      return settings
          .optional(PREFIX + key)
          .orElseGet(
              () -> {
                settings.fault(PREFIX + key, "is required for s3://");
                return "";
              });
    }
  }
}
