package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_CASE_COLLISION;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_DUPLICATE_PATH;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_FILE_AND_FOLDER;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TOO_MANY_ENTRIES;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_UNICODE_COLLISION;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The files and folders that the entries of an archive make together, in order to find those that
 * would land on one another: an entry that comes twice, a file that is also a folder, and names
 * that differ by case or Unicode normalisation alone, which are one file on macOS and Windows.
 */
final class EntryTree {
  private final int maxEntries;
  private final Node root = new Node("", true);
  private int entries;
  private int nodes;

  /** Makes an empty tree for that many entries, and that many files and folders. */
  EntryTree(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /**
   * Adds an entry and the folders that its path implies.
   *
   * @throws FaultyArchive {@code ARCHIVE_DUPLICATE_PATH}, {@code ARCHIVE_CASE_COLLISION}, {@code
   *     ARCHIVE_UNICODE_COLLISION}, {@code ARCHIVE_FILE_AND_FOLDER}, {@code
   *     ARCHIVE_TOO_MANY_ENTRIES}
   */
  void add(EntryPath path, boolean folder) {
    if (++entries > maxEntries) {
      throw tooMany();
    }
    Node node = root;
    for (int i = 0; i < path.segments().size(); i++) {
      boolean last = i == path.segments().size() - 1;
      node = child(node, path.segments().get(i), !last || folder, path);
    }
    if (node.listed) {
      throw collision(ARCHIVE_DUPLICATE_PATH, path, "comes twice");
    }
    node.listed = true;
  }

  private Node child(Node parent, String name, boolean folder, EntryPath path) {
    String folded = EntryPath.fold(name);
    Node child = parent.children.get(folded);
    if (child == null) {
      if (++nodes > maxEntries) {
        throw tooMany();
      }
      child = new Node(name, folder);
      parent.children.put(folded, child);
    } else if (!child.name.equals(name)) {
      throw differsInVain(child.name, name, path);
    } else if (child.folder != folder) {
      throw collision(ARCHIVE_FILE_AND_FOLDER, path, "makes a file and a folder of one name");
    }
    return child;
  }

  private static FaultyArchive differsInVain(String one, String other, EntryPath path) {
    String shown = EntryPath.show(one.getBytes(StandardCharsets.UTF_8));
    return EntryPath.compose(one).equals(EntryPath.compose(other))
        ? collision(
            ARCHIVE_UNICODE_COLLISION,
            path,
            "differs from '" + shown + "' by its Unicode normalisation alone")
        : collision(
            ARCHIVE_CASE_COLLISION, path, "differs from '" + shown + "' by letters' case alone");
  }

  private FaultyArchive tooMany() {
    return FaultyArchive.whole(
        ARCHIVE_TOO_MANY_ENTRIES,
        "has more than " + maxEntries + " files and folders; split the library");
  }

  private static FaultyArchive collision(ProblemType type, EntryPath path, String rule) {
    return FaultyArchive.entry(type, path.show(), rule);
  }

  private static final class Node {
    final String name;
    final boolean folder;
    final Map<String, Node> children = new HashMap<>();
    boolean listed;

    Node(String name, boolean folder) {
      this.name = name;
      this.folder = folder;
    }
  }
}
