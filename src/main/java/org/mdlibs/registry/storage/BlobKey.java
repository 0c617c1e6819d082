package org.mdlibs.registry.storage;

import java.util.UUID;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;

/**
 * The name of an archive in the storage: {@code <scope type>/<scope
 * id>/<library>/<version>/<SHA-256 of the content>.tar.gz}. The last part makes it impossible that
 * a rival's or a retried upload overwrites bytes that a version already names.
 *
 * @param value the key; every character is in {@code [A-Za-z0-9._/-]}
 */
public record BlobKey(String value) {
  /** The key of a version's archive. */
  public static BlobKey of(
      String scopeType, UUID scopeId, LibraryName name, Version version, String sha256) {
    return new BlobKey(
        scopeType + "/" + scopeId + "/" + name + "/" + version.key() + "/" + sha256 + ".tar.gz");
  }

  @Override
  public String toString() {
    return value;
  }
}
