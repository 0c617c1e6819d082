package org.mdlibs.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Option;

/** Makes an account, where the registry lets anybody do so. */
@picocli.CommandLine.Command(
    name = "register",
    description = "Make an account, where the registry allows it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs register",
      "  mdlibs register --username ann --email ann@example.com --password-stdin < password.txt"
    })
final class RegisterCommand extends OnlineCommand {
  @Option(names = "--username", paramLabel = "USER", description = "The new user's name.")
  private String username;

  @Option(names = "--email", paramLabel = "EMAIL", description = "The new user's e-mail address.")
  private String email;

  @Option(names = "--password-stdin", description = "Read the password from the input.")
  private boolean passwordFromInput;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  RegisterCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Settings settings = settings();
    Registry registry = settings.registry();
    warnOfPlainHttp(registry);
    String user = username != null ? username : terminal.ask("Username: ").strip();
    String mail = email != null ? email : terminal.ask("E-mail: ").strip();
    String password = passwordFromInput ? terminal.readLine() : askTwice();
    JsonObject answer =
        new AccountApi(http(settings, registry, null)).register(user, mail, password);
    if (json) {
      printJson(answer);
    } else {
      terminal.tell(
          "Made the account "
              + terminal.bold(Terminal.clean(Json.required(answer, "username")))
              + " at "
              + registry);
      terminal.tell("Log in: mdlibs login");
    }
    return ExitCode.DONE;
  }

  private String askTwice() {
    String password = terminal.askSecret("Password (8 to 200 characters): ");
    if (!password.equals(terminal.askSecret("Again: "))) {
      throw new Failure(ExitCode.USAGE, "The two passwords differ.", "Try again.");
    }
    return password;
  }
}
