package org.mdlibs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mdlibs.cli.LoopbackServer.Given;

/**
 * Run by the build, not by the tests: lets the virtual machine list the classes of commands that
 * get an answer from a registry, for the class-data archive. Takes the current folder.
 */
final class Training {
  private Training() {}

  /** Runs the commands; their outcome does not matter. */
  public static void main(String[] arguments) throws Exception {
    try (var server = new LoopbackServer()) {
      server.on(
          "GET /api/v1/libraries?q=x&per_page=20",
          Given.json(
              200,
              "{\"total\":1,\"libraries\":[{\"scope\":\"ann\",\"name\":\"notes\",\"latest_version\":\"1.0.0\","
                  + "\"downloads\":1,\"tags\":[\"a\"],\"description\":\"Notes\"}]}"));
      new FakeLibrary(server, "ann", "notes").version("1.0.0");
      Session session = Session.ofProcess();
      Files.writeString(
          Path.of(Project.FILE_NAME), "[dependencies]\n\"@ann/notes\" = \"^1.0.0\"\n");
      Mdlibs.run(session, "search", "x", "--registry", server.url());
      Mdlibs.run(session, "install", "--registry", server.url());
      Mdlibs.run(session, "install", "--offline");
    }
    System.exit(0);
  }
}
