package org.mdlibs.registry.maintenance;

import java.util.UUID;
import org.mdlibs.registry.storage.BlobKey;

/**
 * A version that is not deleted, and what its row says of the archive.
 *
 * @param reference {@code @scope/name@1.0.0}
 * @param sha256 64 hex digits
 */
record StoredVersion(UUID id, String reference, BlobKey blob, long sizeBytes, String sha256) {}
