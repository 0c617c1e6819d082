package org.mdlibs.cli;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for what must never be published: private keys (RFC 7468, PGP, PuTTY), key stores, and
 * tokens whose issuers made them recognizable. It finds the obvious ones alone: a password looks
 * like any word. What stands in documents as an example (few different characters, or "EXAMPLE") is
 * none.
 */
final class Secrets {
  /** Larger files (bytes) are data, and not looked into. */
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  /** How many different characters a real token has at least. */
  private static final int VARIETY = 8;

  /** A key's text follows its first line after some headers at most. */
  private static final int KEY_HEADERS = 5;

  private static final Pattern KEY_STORE =
      Pattern.compile("(?i).*\\.(p12|pfx|jks|keystore|kdbx|ppk)");
  private static final Pattern KEY_BEGIN =
      Pattern.compile(
          "-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY(?: BLOCK)?-----(?<rest>.*)", Pattern.DOTALL);
  private static final Pattern KEY_TEXT = Pattern.compile("(?:^|\\\\n|[\\s>*`])[A-Za-z0-9+/]{40}");
  private static final Map<String, String> TOKENS = tokens();
  private static final Pattern TOKEN = Pattern.compile(either(TOKENS));

  private Secrets() {}

  private static Map<String, String> tokens() {
    var tokens = new LinkedHashMap<String, String>();
    tokens.put("mdlibs", "mdl_[A-Za-z0-9_-]{43,}");
    tokens.put("GitHub", "(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})");
    tokens.put("GitLab", "gl(?:pat|ptt|rt|dt|cbt)-[A-Za-z0-9_-]{20,}");
    tokens.put("AWS", "(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])");
    tokens.put("Google", "AIza[A-Za-z0-9_-]{35}");
    tokens.put("Slack", "xox[abeprs]-[A-Za-z0-9-]{20,}");
    tokens.put("Stripe", "[sr]k_live_[A-Za-z0-9]{20,}");
    tokens.put("npm", "npm_[A-Za-z0-9]{36}");
    tokens.put("PyPI", "pypi-[A-Za-z0-9_-]{60,}");
    tokens.put("Docker", "dckr_pat_[A-Za-z0-9_-]{20,}");
    tokens.put("Anthropic", "sk-ant-[A-Za-z0-9_-]{30,}");
    tokens.put("OpenAI", "sk-(?:proj-)?[A-Za-z0-9_-]{40,}");
    return tokens;
  }

  private static String either(Map<String, String> tokens) {
    var groups = new ArrayList<String>();
    tokens.forEach((name, regex) -> groups.add("(?<" + name + ">" + regex + ")"));
    return "(?<![A-Za-z0-9_])(?:" + String.join("|", groups) + ")";
  }

  /**
   * A secret, without its value.
   *
   * @param line its line, from 1, or 0 for the whole file
   */
  record Found(String path, int line, String kind) {
    @Override
    public String toString() {
      return path + (line > 0 ? ":" + line : "") + ": " + kind;
    }
  }

  /** The secrets in some files, in their order; in the manifest as it is packed. */
  static List<Found> in(List<Packer.Packed> files, String manifest) throws IOException {
    var found = new ArrayList<Found>();
    for (Packer.Packed file : files) {
      if (KEY_STORE.matcher(file.path()).matches()) {
        found.add(new Found(file.path(), 0, "a key store"));
      } else if (file.size() <= MAX_BYTES) {
        boolean packedOtherwise = file.path().equals(Project.FILE_NAME);
        try (Reader text = packedOtherwise ? new StringReader(manifest) : open(file.file())) {
          look(file, text, found);
        }
      }
    }
    return found;
  }

  /** Any bytes are text in this encoding, and what is looked for is ASCII; but for UTF-16. */
  private static Reader open(Path file) throws IOException {
    var bytes = new BufferedInputStream(Files.newInputStream(file));
    bytes.mark(2);
    int mark = bytes.read() << 8 | bytes.read();
    bytes.reset();
    boolean wide = mark == 0xFEFF || mark == 0xFFFE;
    return new InputStreamReader(
        bytes, wide ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
  }

  private static void look(Packer.Packed file, Reader text, List<Found> found) throws IOException {
    try (var lines = new BufferedReader(text)) {
      int number = 0;
      int keyAt = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (keyAt > 0 && number - keyAt <= KEY_HEADERS && KEY_TEXT.matcher(line).find()) {
          found.add(new Found(file.path(), keyAt, "a private key"));
          keyAt = 0;
        }
        Matcher key = KEY_BEGIN.matcher(line);
        if (key.find()) {
          keyAt = number;
          if (KEY_TEXT.matcher(key.group("rest")).find()) {
            found.add(new Found(file.path(), number, "a private key"));
            keyAt = 0;
          }
        }
        tokens(file.path(), line, number, found);
      }
    }
  }

  private static void tokens(String path, String line, int number, List<Found> found) {
    Matcher token = TOKEN.matcher(line);
    while (token.find()) {
      String text = token.group();
      boolean example = text.toUpperCase(Locale.ROOT).contains("EXAMPLE");
      if (!example && text.chars().skip(4).distinct().count() >= VARIETY) {
        String issuer =
            TOKENS.keySet().stream().filter(n -> token.group(n) != null).findFirst().orElseThrow();
        found.add(new Found(path, number, "a token of " + issuer));
      }
    }
  }

  /**
   * Refuses to go on when there are any.
   *
   * @throws Failure that names each by file, line and kind, and none by its value
   */
  static void refuse(List<Packer.Packed> files, String manifest, Terminal terminal)
      throws IOException {
    List<Found> found = in(files, manifest);
    if (found.isEmpty()) {
      return;
    }
    found.forEach(f -> terminal.note(f.toString()));
    throw new Failure(
        ExitCode.FAILED,
        (found.size() == 1 ? "A secret" : found.size() + " secrets")
            + " would be published; nothing was sent.",
        "Take it out (and revoke it if it was ever shared), name the file in .mdlibsignore, or give"
            + " --allow-secrets.");
  }
}
