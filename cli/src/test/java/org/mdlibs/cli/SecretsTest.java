package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.cli.Run.Outcome;

/** Secrets are put together here from parts, so that no file of the project looks like one. */
final class SecretsTest {
  private static final String KEY_BODY =
      random("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 64);

  @TempDir private Path temporary;

  private static String random(String letters, int length) {
    return new Random(5)
        .ints(length, 0, letters.length())
        .mapToObj(i -> String.valueOf(letters.charAt(i)))
        .reduce("", String::concat);
  }

  private String found(String text) throws IOException {
    return found("docs/a.md", text);
  }

  private String found(String name, String text) throws IOException {
    var run = new Run(temporary);
    run.write(".mdlibs.toml", "[library]\nname = \"notes\"\n");
    run.write(name, text);
    return Secrets.in(Packer.collect(run.project).files(), "").toString();
  }

  @Test
  void looks_into_the_manifest_as_it_is_packed() throws IOException {
    var run = new Run(temporary);
    run.write(".mdlibs.toml", "[library]\nname = \"notes\"\n");
    String token = "ghp_" + random("abcdefghijklmnopqrstuvwxyz0123456789", 36);
    String packed = "[library]\ndescription = \"" + token + "\"\n";
    assertThat(Secrets.in(Packer.collect(run.project).files(), packed))
        .hasToString("[.mdlibs.toml:2: a token of GitHub]");
  }

  @Test
  void reads_what_editors_of_windows_write() throws IOException {
    var run = new Run(temporary);
    run.write(".mdlibs.toml", "[library]\nname = \"notes\"\n");
    run.write("docs/a.md", "");
    String token = "npm_" + random("abcdefghijklmnopqrstuvwxyz0123456789", 36);
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.write(
          run.project.resolve("docs/a.md"), ("\uFEFF# A\r\n" + token + "\r\n").getBytes(charset));
      assertThat(Secrets.in(Packer.collect(run.project).files(), ""))
          .hasToString("[docs/a.md:2: a token of npm]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mdl_, 43, mdlibs",
    "ghp_, 36, GitHub",
    "github_pat_, 82, GitHub",
    "glpat-, 20, GitLab",
    "xoxb-, 40, Slack",
    "npm_, 36, npm",
    "sk_live_, 24, Stripe",
    "AIza, 35, Google",
    "sk-ant-, 60, Anthropic",
    "dckr_pat_, 27, Docker",
  })
  void finds_tokens_that_their_issuers_made_recognizable(String prefix, int length, String issuer)
      throws IOException {
    String token = prefix + random("abcdefghijklmnopqrstuvwxyz0123456789", length);
    assertThat(found("# Title\n\nexport TOKEN=\"" + token + "\"\n"))
        .isEqualTo("[docs/a.md:3: a token of " + issuer + "]");
    assertThat(found("x" + token)).isEqualTo("[]");
  }

  @Test
  void finds_keys_of_aws_and_not_the_example_of_its_manual() throws IOException {
    assertThat(found("AKIA" + random("ABCDEFGHIJ234567", 16))).contains("a token of AWS");
    assertThat(found("AKIAIOSFODNN7" + "EXAMPLE")).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "DSA ", "PGP "})
  void finds_private_keys(String kind) throws IOException {
    String end = kind.equals("PGP ") ? " BLOCK-----" : "-----";
    String begin = "-----BEGIN " + kind + "PRIVATE KEY" + end;
    assertThat(found("x\n" + begin + "\n" + KEY_BODY + "\n"))
        .isEqualTo("[docs/a.md:2: a private key]");
    assertThat(found(begin + "\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES\r\n\r\n" + KEY_BODY))
        .contains("a private key");
    assertThat(found("{\"key\": \"" + begin + "\\n" + KEY_BODY + "\"}")).contains("a private key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----",
        "Start with `-----BEGIN PRIVATE KEY-----`.",
        "-----BEGIN PUBLIC KEY-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "-----BEGIN CERTIFICATE-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "mdl_0000000000000000000000000000000000000000000",
        "mdl_…",
        "password = hunter2",
        "the desk-proj-and-so-on",
      })
  void leaves_documentation_alone(String text) throws IOException {
    assertThat(found(text)).isEqualTo("[]");
  }

  @Test
  void finds_key_stores_by_their_names() throws IOException {
    assertThat(found("keys/Server.P12", "x")).contains("keys/Server.P12: a key store");
  }

  @Test
  void publish_refuses_them_by_file_and_line_and_sends_nothing_unless_told_to() throws IOException {
    String token = "ghp_" + random("abcdefghijklmnopqrstuvwxyz0123456789", 36);
    try (var server = new LoopbackServer()) {
      var run =
          new Run(temporary)
              .with("MDLIBS_REGISTRY_URL", server.url())
              .with("MDLIBS_TOKEN", "mdl_x");
      run.write(".mdlibs.toml", "[library]\nname = \"notes\"\nversion = \"1.0.0\"\n");
      run.write("docs/README.md", "# Notes\n\n" + token + "\n");
      for (String[] line :
          new String[][] {{"publish"}, {"publish", "--dry-run"}, {"publish", "--json"}}) {
        Outcome outcome = run.mdlibs(line);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err())
            .contains("docs/README.md:3: a token of GitHub", "nothing was sent", "--allow-secrets");
        assertThat(outcome.err() + outcome.out()).doesNotContain(token.substring(4));
      }
      assertThat(server.seen()).isEmpty();
      run.mdlibs("publish", "--allow-secrets");
      assertThat(server.lines()).isNotEmpty();
      run.write(".mdlibsignore", "README.md\n");
      run.write("docs/other.md", "# Other\n");
      assertThat(run.mdlibs("publish").err()).doesNotContain("GitHub");
    }
  }
}
