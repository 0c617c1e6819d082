package org.mdlibs.registry.storage;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;

/**
 * The name of an archive in the storage: {@code <scope type>/<scope
 * id>/<library>/<version>/<SHA-256 of the content>.tar.gz}. The last part makes it impossible that
 * a rival's or a retried upload overwrites bytes that a version already names.
 *
 * @param value the key; every character of an archive's is in {@code [A-Za-z0-9._/-]}. Of what lies
 *     about in the storage besides archives it may be anything: {@link #isArchive} tells
 */
public record BlobKey(String value) {
  private static final String A_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final Pattern ARCHIVE =
      Pattern.compile(
          "[a-z]{1,16}/("
              + A_UUID
              + ")/([a-z0-9-]{1,255})/([A-Za-z0-9.-]{1,255})/([0-9a-f]{64})\\.tar\\.gz");

  /** What is under way to its place, with what jclouds puts behind a name while it writes. */
  private static final Pattern LEFTOVER =
      Pattern.compile(
          "incoming/U\\.tar\\.gz(?:-U)?|probe/U|\\.probe-[0-9]+|(?:A)-U"
              .replace("A", ARCHIVE.pattern())
              .replace("U", A_UUID));

  /** The key of a version's archive. */
  public static BlobKey of(
      String scopeType, UUID scopeId, LibraryName name, Version version, String sha256) {
    return new BlobKey(
        scopeType + "/" + scopeId + "/" + name + "/" + version.key() + "/" + sha256 + ".tar.gz");
  }

  /**
   * Whether it is what a put or a probe of this registry leaves when it does not come to its end.
   * Whatever else lies in the storage is somebody else's.
   */
  public boolean isLeftover() {
    return LEFTOVER.matcher(value).matches();
  }

  /** Whether it has the form of an archive's key. */
  public boolean isArchive() {
    return ARCHIVE.matcher(value).matches();
  }

  /**
   * The SHA-256 of the bytes that belong under it, 64 digits of lower-case hexadecimal.
   *
   * @throws IllegalArgumentException when it is no archive's key
   */
  public String sha256() {
    return archive().group(4);
  }

  /**
   * The namespace that it was published in.
   *
   * @throws IllegalArgumentException when it is no archive's key
   */
  public UUID scopeId() {
    return UUID.fromString(archive().group(1));
  }

  /** What a file with its bytes is called, as a download calls it but for build metadata. */
  String fileName() {
    Matcher archive = archive();
    return archive.group(2) + "-" + archive.group(3) + ".tar.gz";
  }

  private Matcher archive() {
    Matcher matcher = ARCHIVE.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the key of an archive: " + value);
    }
    return matcher;
  }

  @Override
  public String toString() {
    return value;
  }
}
