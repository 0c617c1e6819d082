package org.mdlibs.registry.archive;

import java.util.Optional;

/**
 * What is in an archive.
 *
 * @param manifest the {@code .mdlibs.toml} of the library's root, when there is one
 * @param topFolder the folder around everything, which is the library's root; empty when that is
 *     the archive's own root ({@link LibraryRoot})
 * @param files number of files, the manifest included, folders not
 * @param unpackedBytes bytes of those files together
 */
public record Contents(
    Optional<Manifest> manifest, Optional<String> topFolder, int files, long unpackedBytes) {}
