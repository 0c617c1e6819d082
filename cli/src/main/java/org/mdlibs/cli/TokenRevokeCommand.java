package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes an API token of the user, by its id, or by its name when only one has it. */
@picocli.CommandLine.Command(
    name = "revoke",
    description = "Revoke an API token, by its id, or by its name when only one has it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs token revoke ci",
      "  mdlibs token revoke 0b0c3c5e-7e0f-4a53-9d5e-9d1d1f3c1a11"
    })
final class TokenRevokeCommand extends OnlineCommand {
  private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  @Parameters(paramLabel = "ID|NAME", description = "The token.")
  private String wanted;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TokenRevokeCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    var api = new AccountApi(loggedIn(settings));
    String id = wanted.matches(ID) ? wanted : id(Json.objects(api.tokens(), "tokens"));
    api.revokeToken(id);
    boolean ours = forgetIfKept(settings.registry(), id);
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("id", id);
      answer.addProperty("revoked", true);
      answer.addProperty("forgotten", ours);
      printJson(answer);
      return ExitCode.DONE;
    }
    terminal.tell("Revoked the token " + terminal.bold(Terminal.clean(wanted)));
    if (ours) {
      terminal.tell("It was the one kept here: you are logged out of " + settings.registry());
    }
    return ExitCode.DONE;
  }

  private String id(List<JsonObject> tokens) {
    List<String> ids =
        tokens.stream()
            .filter(token -> wanted.equals(Json.text(token, "name")))
            .filter(TokenRevokeCommand::lives)
            .map(token -> Json.required(token, "id"))
            .toList();
    if (ids.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "You have no token '" + wanted + "' that still works.",
          "See: mdlibs token list");
    }
    if (ids.size() > 1) {
      throw new Failure(
          ExitCode.FAILED,
          ids.size()
              + " tokens are named '"
              + wanted
              + "': "
              + ids.stream().collect(Collectors.joining(", ")),
          "Revoke it by its id: mdlibs token revoke ID");
    }
    return ids.get(0);
  }

  /** An expired token stays in the list for a while; it is not the one that is meant. */
  private static boolean lives(JsonObject token) {
    String expiry = Json.text(token, "expires_at");
    try {
      return expiry == null || Instant.parse(expiry).isAfter(Instant.now());
    } catch (DateTimeParseException e) {
      throw Json.unexpected("an 'expires_at' that is no time");
    }
  }

  private boolean forgetIfKept(Registry registry, String id) throws IOException {
    var credentials = new Credentials(session);
    if (credentials.find(registry).filter(c -> id.equalsIgnoreCase(c.id())).isEmpty()) {
      return false;
    }
    credentials.forget(registry);
    return true;
  }
}
