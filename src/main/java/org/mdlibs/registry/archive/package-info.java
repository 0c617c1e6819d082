/**
 * Reads archives that strangers made: a library version travels as a {@code .tar.gz}, and whoever
 * sends one may mean harm. {@link org.mdlibs.registry.archive.SpooledArchive} takes an upload to a
 * file, {@link org.mdlibs.registry.archive.Archives} inspects or unpacks it, {@link
 * org.mdlibs.registry.archive.Manifest} is what it says about itself.
 *
 * <p>The written rule is: what is not plainly a tree of files and folders that every system can
 * hold is refused, with a problem of its own. The rule for a path stands in {@link
 * org.mdlibs.registry.archive.EntryPath}, for the form of the tar in {@link
 * org.mdlibs.registry.archive.TarReader}, for the root in {@link
 * org.mdlibs.registry.archive.LibraryRoot}. The heap that reading takes does not grow with the
 * archive; it is bounded by {@link org.mdlibs.registry.archive.ArchiveLimits#maxEntries}.
 *
 * <p>Uses {@code problem} and {@code name} of the registry; knows neither HTTP nor a database. The
 * command line reads downloads with the same classes.
 */
package org.mdlibs.registry.archive;
