package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdlibs.cli.AccountApi.ApiToken;
import org.mdlibs.cli.AccountApi.Login;
import org.mdlibs.cli.Credentials.Credential;
import org.mdlibs.cli.Credentials.Kind;
import picocli.CommandLine.Option;

/**
 * Logs in and keeps a token.
 *
 * <p>The password, or a person who confirms a code on the registry's page, makes a login token,
 * which makes an API token named after this machine; only the latter is kept. A registry whose
 * version has no API tokens yet leaves the login token, which lives for hours.
 */
@picocli.CommandLine.Command(
    name = "login",
    description = "Log in to a registry and keep a token for it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs login",
      "  mdlibs login --registry work --username ann --password-stdin < password.txt",
      "  mdlibs login --sso",
      "  mdlibs login --token mdl_…"
    })
final class LoginCommand extends OnlineCommand {
  private static final int TOKEN_DAYS = 90;
  private static final int LONGEST_HOST = 80;
  private static final List<String> SCOPES = List.of("read", "publish", "manage");

  @Option(names = "--username", paramLabel = "USER", description = "The username or e-mail.")
  private String username;

  @Option(names = "--password-stdin", description = "Read the password from the input.")
  private boolean passwordFromInput;

  @Option(
      names = "--sso",
      description = "Show a code to confirm on the registry's page, in a browser on any machine.")
  private boolean sso;

  @Option(names = "--token", paramLabel = "TOKEN", description = "Keep this API token.")
  private String token;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LoginCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    boolean byPassword = username != null || passwordFromInput;
    if ((sso ? 1 : 0) + (token != null ? 1 : 0) + (byPassword ? 1 : 0) > 1) {
      throw new Failure(
          ExitCode.USAGE,
          "--sso, --token and a password are three ways to log in.",
          "Take one: mdlibs login --help");
    }
    Settings settings = settings();
    Registry registry = settings.registry();
    warnOfPlainHttp(registry);
    Credential credential;
    if (token != null) {
      credential = ofToken(settings, registry);
    } else {
      var anonymous = new AccountApi(http(settings, registry, null));
      credential = keep(settings, sso ? bySso(anonymous) : byPassword(anonymous));
    }
    var credentials = new Credentials(session);
    credentials.store(registry, credential);
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("registry", registry.toString());
      answer.addProperty("username", credential.username());
      answer.addProperty("kind", credential.kind().name().toLowerCase(Locale.ROOT));
      answer.add("scopes", Json.array(credential.scopes()));
      answer.addProperty("expires_at", credential.expiresAt());
      printJson(answer);
    } else {
      terminal.tell(
          "Logged in to "
              + registry
              + " as "
              + terminal.bold(Terminal.clean(credential.username())));
    }
    return ExitCode.DONE;
  }

  private Credential ofToken(Settings settings, Registry registry) {
    JsonObject me = new AccountApi(http(settings, registry, token)).me();
    return new Credential(Json.required(me, "username"), token, Kind.API, null, List.of(), null);
  }

  private Login bySso(AccountApi anonymous) {
    return new DeviceLogin(anonymous, terminal, OnlineCommand::await)
        .login("mdlibs on " + host(), SCOPES);
  }

  private Login byPassword(AccountApi anonymous) {
    String user = username != null ? username : terminal.ask("Username: ").strip();
    String password = passwordFromInput ? terminal.readLine() : terminal.askSecret("Password: ");
    return anonymous.login(user, password);
  }

  /** What is kept of a login: the API token that it makes. */
  private Credential keep(Settings settings, Login login) {
    var api = new AccountApi(http(settings, settings.registry(), login.token()));
    Optional<ApiToken> made = api.createToken("mdlibs on " + host(), TOKEN_DAYS, SCOPES);
    if (made.isEmpty()) {
      return new Credential(
          login.username(), login.token(), Kind.LOGIN, null, List.of(), login.expiresAt());
    }
    endQuietly(api);
    ApiToken kept = made.get();
    return new Credential(
        login.username(), kept.token(), Kind.API, kept.id(), kept.scopes(), kept.expiresAt());
  }

  /** The login token has done its work; that it would live on for hours is no reason to fail. */
  private void endQuietly(AccountApi api) {
    try {
      api.logout();
    } catch (Failure e) {
      if (debug) {
        terminal.note("The login token was not ended: " + e.getMessage());
      }
    }
  }

  /** Of a length and of characters that a registry takes in the name of a token. */
  private String host() {
    String host = Terminal.clean(hostName()).strip();
    return host.substring(0, Math.min(host.length(), LONGEST_HOST));
  }

  private String hostName() {
    return session
        .variable("HOSTNAME")
        .or(() -> session.variable("COMPUTERNAME"))
        .orElseGet(
            () -> {
              try {
                return InetAddress.getLocalHost().getHostName();
              } catch (IOException e) {
                return "an unnamed host";
              }
            });
  }
}
