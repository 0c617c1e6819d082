package org.mdlibs.registry.storage;

import java.time.Instant;

/**
 * What lies in the storage.
 *
 * @param size bytes
 * @param modified when it was last written, as the storage's clock has it; putting the same bytes
 *     again renews it
 */
public record StoredBlob(BlobKey key, long size, Instant modified) {}
