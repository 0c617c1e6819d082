package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NO_MARKDOWN;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_RESERVED_NAME;
import static org.mdlibs.registry.problem.ProblemType.MANIFEST_MISPLACED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.registry.problem.ProblemException;

/** One reading of one archive, from its first byte to its last or to a fault that ends it. */
final class ArchiveReading {
  private final Archives.Target target;
  private final FaultLog faults;
  private final ArchiveLimits limits;
  private final EntryTree tree;
  private final LibraryRoot root = new LibraryRoot();

  /** The bytes of what may turn out to be the manifest, at most two of 64 KiB. */
  private final Map<EntryPath, byte[]> manifests = new HashMap<>();

  private final byte[] buffer = new byte[1 << 16];
  private boolean markdown;
  private int files;
  private long bytes;

  /**
   * Makes a reading.
   *
   * @param maxFaults it ends with so many faults
   */
  ArchiveReading(ArchiveLimits limits, Archives.Target target, int maxFaults) {
    this.limits = limits;
    this.target = target;
    this.faults = new FaultLog(maxFaults);
    this.tree = new EntryTree(limits.maxEntries());
  }

  /** Reads the archive in a stream, which is not closed. */
  Inspection read(InputStream archive) throws IOException {
    boolean whole;
    try (var gzip = new GzipMember(archive, limits.maxArchiveBytes())) {
      whole = readEntries(new TarReader(gzip, limits));
    }
    if (whole && !markdown) {
      faults.add(
          new ArchiveFault(
              ARCHIVE_NO_MARKDOWN, null, "holds no markdown; put a .md or .markdown file into it"));
    }
    if (whole) {
      root.misplaced()
          .forEach(
              path ->
                  faults.add(
                      new ArchiveFault(
                          MANIFEST_MISPLACED,
                          path.show(),
                          "has the manifest's name, which only "
                              + root.manifestPath()
                              + " may have; a folder is the root when everything lies in it")));
    }
    var contents = new Contents(manifest(), root.topFolder(), files, bytes);
    return new Inspection(contents, whole, faults.faults());
  }

  /** Whether the end was reached. */
  private boolean readEntries(TarReader tar) throws IOException {
    while (!faults.isFull()) {
      try {
        Optional<TarReader.Entry> entry = tar.next();
        if (entry.isEmpty()) {
          return true;
        }
        take(entry.get(), tar);
      } catch (FaultyArchive e) {
        // A document that is refused for itself is not missed as well.
        markdown |= e.fault().path() != null && EntryPath.isMarkdown(e.fault().path());
        faults.add(e.fault());
        if (e.ends()) {
          return false;
        }
      }
    }
    return false;
  }

  private void take(TarReader.Entry entry, TarReader tar) throws IOException {
    EntryPath path = EntryPath.of(entry.name(), entry.folder());
    tree.add(path, entry.folder());
    root.add(path, entry.folder());
    if (path.hasSegment(Archives.INSTALL_RECORD)) {
      throw FaultyArchive.entry(
          ARCHIVE_RESERVED_NAME,
          path.show(),
          "has a name that is kept for what an installation writes");
    }
    if (entry.folder()) {
      target.makeFolder(path);
      return;
    }
    files++;
    bytes += entry.size();
    markdown |= EntryPath.isMarkdown(path.name());
    try (OutputStream out = target.makeFile(path)) {
      if (root.mayBeManifest(path) && entry.size() <= Manifest.MAX_BYTES) {
        var copy = new ByteArrayOutputStream();
        copy(tar, copy);
        out.write(copy.toByteArray());
        manifests.put(path, copy.toByteArray());
      } else {
        copy(tar, out);
      }
    }
    if (root.mayBeManifest(path)) {
      checkSize(entry.size());
    }
  }

  private void checkSize(long size) {
    try {
      Manifest.checkSize(size);
    } catch (ProblemException e) {
      faults.addAll(e);
    }
  }

  private Optional<Manifest> manifest() {
    byte[] manifest = manifests.get(root.manifestPath());
    if (manifest == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Manifest.parse(manifest));
    } catch (ProblemException e) {
      faults.addAll(e);
      return Optional.empty();
    }
  }

  private void copy(TarReader tar, OutputStream out) throws IOException {
    for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }
}
