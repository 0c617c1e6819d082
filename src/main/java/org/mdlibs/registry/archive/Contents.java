package org.mdlibs.registry.archive;

import java.util.Optional;

/**
 * What is in an archive that passed every check.
 *
 * @param manifest the {@code .mdlibs.toml} of its root, when there is one
 * @param files number of files, the manifest included, folders not
 * @param unpackedBytes bytes of those files together
 */
public record Contents(Optional<Manifest> manifest, int files, long unpackedBytes) {}
