package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mdlibs.cli.LockFile.Locked;
import picocli.CommandLine.Option;

/**
 * Compares what is installed with the lock, file by file: the lock has the SHA-256 of each archive,
 * the archive (from the cache, else from the registry) has the files. What a library's folder says
 * of itself is not relied on.
 */
@picocli.CommandLine.Command(
    name = "verify",
    description = {
      "Compare what is installed with mdlibs.lock, file by file.",
      "Exit code 5 when something was changed, is missing, or was added."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs verify", "  mdlibs verify --offline --json"})
final class VerifyCommand extends OnlineCommand {
  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = Installed.FOLDER,
      description = "Where the libraries are (default: ./libraries).")
  private Path path;

  @Option(names = "--offline", description = "Use cached archives; never the network.")
  private boolean offline;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** What was found that must not be. */
  private final JsonArray findings = new JsonArray();

  VerifyCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace = Workspace.open(this, resolve(path))) {
      List<Locked> locked = List.copyOf(workspace.lock.all());
      var present = new ArrayList<Locked>();
      for (Locked library : locked) {
        if (Files.isDirectory(
            workspace.installer.place(library.reference()), LinkOption.NOFOLLOW_LINKS)) {
          present.add(library);
        } else {
          found(library.reference(), "missing", "");
        }
      }
      Map<Locked, Path> archives = new Downloads(this, offline).fetch(present);
      for (Map.Entry<Locked, Path> archive : archives.entrySet()) {
        compare(archive.getKey(), archive.getValue(), workspace.installer);
      }
      var known = new HashSet<Path>();
      locked.forEach(library -> known.add(workspace.installer.place(library.reference())));
      for (Path place : Installed.places(workspace.installer.libraries())) {
        if (!known.contains(place)) {
          String name = place.getParent().getFileName() + "/" + place.getFileName();
          found(Terminal.clean(name), "added", "");
        }
      }
      return tell(locked.size());
    }
  }

  private int tell(int checked) {
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("libraries", checked);
      answer.add("findings", findings);
      printJson(answer);
    }
    if (findings.isEmpty()) {
      if (!json) {
        terminal.line(
            terminal.green("ok:")
                + " "
                + checked
                + (checked == 1 ? " library is" : " libraries are")
                + " what the lock says");
      }
      return ExitCode.DONE;
    }
    terminal.error(
        "What is installed is not what mdlibs.lock says.",
        "Move the libraries away that are named here, then run: mdlibs install");
    return ExitCode.INTEGRITY;
  }

  private void compare(Locked library, Path archive, Installer installer) throws IOException {
    Path folder = Files.createTempDirectory("mdlibs-verify-");
    try {
      Map<String, Path> promised = files(Installer.unpack(library, archive, folder));
      Map<String, Path> found = files(installer.place(library.reference()));
      found.remove(Installed.FILE_NAME);
      var names = new TreeSet<>(promised.keySet());
      names.addAll(found.keySet());
      for (String name : names) {
        Path file = found.get(name);
        if (file == null) {
          found(library.reference(), "missing", name);
        } else if (!promised.containsKey(name)) {
          found(library.reference(), "added", name);
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || !Files.isReadable(file)
            || Files.mismatch(file, promised.get(name)) >= 0) {
          found(library.reference(), "changed", name);
        }
      }
    } finally {
      Installer.delete(folder);
    }
  }

  private void found(Reference reference, String what, String file) {
    found(reference.toString(), what, file);
  }

  private void found(String library, String what, String file) {
    var finding = new JsonObject();
    finding.addProperty("name", library);
    finding.addProperty("finding", what);
    if (!file.isEmpty()) {
      finding.addProperty("file", file);
    }
    findings.add(finding);
    if (!json) {
      terminal.line(what + " " + library + (file.isEmpty() ? "" : " " + Terminal.clean(file)));
    }
  }

  /** Everything in a folder that is no folder, by its path with {@code /}; links not followed. */
  private static Map<String, Path> files(Path folder) throws IOException {
    var files = new TreeMap<String, Path>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
