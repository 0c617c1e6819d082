package org.mdlibs.registry.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds where in an archive the library's root is, and its manifest, while the entries pass by.
 *
 * <p>The rule: when everything lies in one folder, as {@code tar czf x.tar.gz mylib} and GitHub
 * write it, that folder is the root; else the archive's own root is. A leading {@code ./} and an
 * entry {@code ./} do not count. A folder {@code docs} or {@code templates} is a part of a library
 * and not the root of one, unless the manifest is right in it. One folder is taken off, not
 * several.
 *
 * <p>A name {@code .mdlibs.toml}, also in other letters' case, may stand for nothing but the
 * manifest of the root: else it would depend on the reader which manifest counts.
 */
final class LibraryRoot {
  static final String MANIFEST = ".mdlibs.toml";
  private static final Set<String> PARTS_OF_A_LIBRARY = Set.of("docs", "templates");

  private final List<EntryPath> manifests = new ArrayList<>();
  private final List<EntryPath> folders = new ArrayList<>();
  private String top;
  private boolean single = true;

  /** Takes note of an entry. */
  void add(EntryPath path, boolean folder) {
    if (path.segments().isEmpty()) {
      return;
    }
    String first = path.segments().get(0);
    top = top == null ? first : top;
    single &= first.equals(top) && (folder || path.segments().size() > 1);
    List<EntryPath> named = folder ? folders : manifests;
    if (named.size() <= Inspection.MAX_FAULTS && path.hasSegment(MANIFEST)) {
      named.add(path);
    }
  }

  /** Whether a file that was just added may turn out to be the manifest: at most two may. */
  boolean mayBeManifest(EntryPath path) {
    List<String> segments = path.segments();
    return path.name().equals(MANIFEST) && segments.size() <= (single ? 2 : 1);
  }

  /** The folder that is the library's root; empty when the archive's own root is. */
  Optional<String> topFolder() {
    boolean root = top != null && single && (!PARTS_OF_A_LIBRARY.contains(top) || hasManifest(top));
    return root ? Optional.of(top) : Optional.empty();
  }

  private boolean hasManifest(String folder) {
    return manifests.contains(new EntryPath(List.of(folder, MANIFEST)));
  }

  /** The path that the manifest has, if there is one. */
  EntryPath manifestPath() {
    return new EntryPath(topFolder().map(t -> List.of(t, MANIFEST)).orElse(List.of(MANIFEST)));
  }

  /** What has a manifest's name and is none. */
  List<EntryPath> misplaced() {
    EntryPath manifest = manifestPath();
    return Stream.concat(
            folders.stream(), manifests.stream().filter(path -> !path.equals(manifest)))
        .toList();
  }
}
