package org.mdlibs.registry.runnable;

import java.io.IOException;

/** Turns what goes wrong into one line on stderr and an exit code: 1 at starting, 2 arguments. */
final class Console {
  private static final int CANNOT_START = 1;
  private static final int BAD_ARGUMENTS = 2;

  private Console() {}

  /** Something that may refuse. */
  interface Command {
    void run() throws Refusal, IOException, InterruptedException;
  }

  static void run(Command command) {
    try {
      command.run();
    } catch (IllegalArgumentException e) {
      end(BAD_ARGUMENTS, e.getMessage() + " (--help tells the arguments)");
    } catch (Refusal e) {
      end(CANNOT_START, e.getMessage());
    } catch (IOException e) {
      end(CANNOT_START, "cannot write the server's files: " + e);
    } catch (InterruptedException e) {
      end(CANNOT_START, "interrupted");
    }
  }

  private static void end(int code, String line) {
    System.err.println("mdlibs-registry: " + line);
    System.exit(code);
  }
}
