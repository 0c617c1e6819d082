package org.mdlibs.registry.archive;

import java.util.Optional;

/**
 * What a checked archive holds.
 *
 * @param manifest the {@code .mdlibs.toml} at its root, where there is one
 * @param files how many files
 * @param unpackedBytes bytes of all files together
 */
public record Contents(Optional<Manifest> manifest, int files, long unpackedBytes) {}
