package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_DUPLICATE_PATH;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TOO_MANY_ENTRIES;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mdlibs.registry.problem.ProblemException;

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
   * @throws ProblemException {@code ARCHIVE_DUPLICATE_PATH} or {@code ARCHIVE_TOO_MANY_ENTRIES}
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
      throw collision(path, "comes twice");
    }
    node.listed = true;
  }

  private Node child(Node parent, String name, boolean folder, EntryPath path) {
    Node child = parent.children.get(fold(name));
    if (child == null) {
      if (++nodes > maxEntries) {
        throw tooMany();
      }
      child = new Node(name, folder);
      parent.children.put(fold(name), child);
    } else if (!child.name.equals(name)) {
      throw collision(
          path,
          "differs from another by the case or Unicode normalisation of "
              + EntryPath.quote(name.getBytes(StandardCharsets.UTF_8))
              + " alone");
    } else if (child.folder != folder) {
      throw collision(path, "makes a file and a folder of one name");
    }
    return child;
  }

  /** What a file system that ignores case and normalisation takes for the name's identity. */
  private static String fold(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    return Normalizer.normalize(
        composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private ProblemException tooMany() {
    return new ProblemException(
        ARCHIVE_TOO_MANY_ENTRIES,
        "The archive makes more than " + maxEntries + " files and folders; split the library.");
  }

  private static ProblemException collision(EntryPath path, String rule) {
    String quoted = EntryPath.quote(path.toString().getBytes(StandardCharsets.UTF_8));
    return new ProblemException(ARCHIVE_DUPLICATE_PATH, "The path " + quoted + " " + rule + ".");
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
