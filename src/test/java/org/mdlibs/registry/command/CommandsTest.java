package org.mdlibs.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.config.Sha256;

class CommandsTest {
  private static final String HOME = "mdlibs.home";

  @TempDir private Path temporary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path from;
  private Path to;
  private String previousHome;

  @BeforeEach
  void makeStorages() throws IOException {
    previousHome = System.setProperty(HOME, temporary.resolve("home").toString());
    from = Files.createDirectories(temporary.resolve("from"));
    to = temporary.resolve("to");
  }

  @AfterEach
  void restoreHome() {
    if (previousHome == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, previousHome);
    }
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return Commands.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int copy(String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "storage", "copy", "--from", "filesystem:" + from, "--to=filesystem:" + to),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String key(String text) {
    return "user/0b1f3c2e-0000-4000-8000-00000000000a/notes/1.0.0/"
        + HexFormat.of().formatHex(Sha256.of(text))
        + ".tar.gz";
  }

  private static Path write(Path storage, String key, String text) throws IOException {
    Path file = storage.resolve("archives").resolve(key);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String lastLine() {
    return out.toString(StandardCharsets.UTF_8).lines().reduce("", (a, b) -> b);
  }

  @Test
  void copies_all_archives_and_no_leftovers() throws IOException {
    write(from, key("one"), "one");
    write(from, key("other"), "other");
    write(from, "incoming/half.tar.gz", "hal");
    assertThat(copy()).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(to.resolve("archives").resolve(key("one"))).hasContent("one");
    assertThat(to.resolve("archives").resolve(key("other"))).hasContent("other");
    assertThat(to.resolve("archives/incoming")).isEmptyDirectory();
    assertThat(temporary.resolve("home")).isEmptyDirectory();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("{\"blob\":\"" + key("one") + "\",\"size\":3,\"outcome\":\"copied\"}\n");
    assertThat(lastLine())
        .isEqualTo(
            "{\"from\":\"filesystem:%s\",\"to\":\"filesystem:%s\",\"copied\":2,\"present\":0,"
                    .formatted(from, to)
                + "\"corrupt\":0,\"unreadable\":0,\"gone\":0,\"copied_bytes\":8}");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void goes_on_where_it_was_and_leaves_what_else_is_there() throws IOException {
    write(from, key("one"), "one");
    write(from, key("other"), "other");
    write(to, key("one"), "one");
    write(to, key("only here"), "only here");
    assertThat(copy()).isZero();
    assertThat(lastLine()).contains("\"copied\":1,\"present\":1,\"corrupt\":0");
    assertThat(to.resolve("archives").resolve(key("only here"))).hasContent("only here");
  }

  @Test
  void mends_what_is_damaged_in_the_target_unless_it_is_to_be_quick() throws IOException {
    write(from, key("one"), "one");
    Path damaged = write(to, key("one"), "eno");
    assertThat(copy("--quick")).isZero();
    assertThat(damaged).hasContent("eno");
    assertThat(copy()).isZero();
    assertThat(damaged).hasContent("one");
    write(to, key("one"), "on");
    assertThat(copy("--quick")).isZero();
    assertThat(damaged).hasContent("one");
  }

  @Test
  void does_not_copy_what_is_damaged_and_ends_with_1() throws IOException {
    write(from, key("one"), "eno");
    write(from, key("other"), "other");
    assertThat(copy()).isEqualTo(1);
    assertThat(to.resolve("archives").resolve(key("one"))).doesNotExist();
    assertThat(to.resolve("archives").resolve(key("other"))).hasContent("other");
    assertThat(lastLine()).contains("\"copied\":1,\"present\":0,\"corrupt\":1");
  }

  private void refuses(String reason, String... args) {
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("mdlibs-registry: " + reason);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void refuses_arguments_that_it_does_not_understand() {
    String there = "filesystem:" + from;
    refuses("unknown command storage", "storage");
    refuses("unknown argument --form", "storage", "copy", "--form", there);
    refuses("--to is required", "storage", "copy", "--from", there);
    refuses("--from needs a value", "storage", "copy", "--from");
    refuses("--quick takes no value", "storage", "copy", "--quick=yes");
    refuses("--from is there twice", "storage", "copy", "--from", there, "--from", there);
    refuses(
        "--to must be filesystem:/path or s3://bucket, not '/to'",
        "storage",
        "copy",
        "--from",
        there,
        "--to",
        "/to");
    refuses(
        "--from and --to are the same", "storage", "copy", "--from", there, "--to", there + "/");
    refuses(
        "--from names no folder: " + to,
        "storage",
        "copy",
        "--from",
        "filesystem:" + to,
        "--to",
        there);
  }

  @Test
  void tells_how_a_command_is_called() {
    assertThat(run("storage", "copy", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("storage copy --from STORAGE");
  }

  @Test
  void tells_which_settings_of_s3_are_missing() {
    assertThat(run("storage", "copy", "--from", "filesystem:" + from, "--to", "s3://bucket"))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "mdlibs-registry: Wrong configuration: MDLIBS_S3_ACCESS_KEY is required for s3://;"
                + " MDLIBS_S3_SECRET_KEY is required for s3://\n");
  }
}
