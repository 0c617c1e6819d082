package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Credentials.Credential;
import org.mdlibs.cli.Credentials.Kind;
import org.mdlibs.cli.Registry.Source;

final class CredentialsTest {
  private static final Credential CREDENTIAL =
      new Credential(
          "ann",
          "mdl_secret",
          Kind.API,
          "id-1",
          List.of("read", "publish"),
          "2027-01-01T00:00:00Z");

  @TempDir private Path temporary;

  @Test
  void keeps_tokens_by_address_in_a_file_that_only_its_owner_reads() throws IOException {
    var run = new Run(temporary);
    var credentials = new Credentials(run.session());
    Registry one = Registry.of("one", "https://one.example", Source.USER);
    Registry two = Registry.of("two", "http://localhost:8080", Source.USER);
    credentials.store(one, CREDENTIAL);
    credentials.store(two, new Credential("bob", "jwt", Kind.LOGIN, null, List.of(), null));
    assertThat(credentials.find(one)).contains(CREDENTIAL);
    assertThat(Files.getPosixFilePermissions(credentials.file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(credentials.file().getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    credentials.forget(one);
    assertThat(credentials.find(one)).isEmpty();
    assertThat(credentials.find(two)).isPresent();
  }

  @Test
  void tightens_the_mode_of_a_file_that_others_could_read() throws IOException {
    var run = new Run(temporary);
    var credentials = new Credentials(run.session());
    Files.createDirectories(credentials.file().getParent());
    Files.writeString(credentials.file(), "# mine\n");
    Files.setPosixFilePermissions(credentials.file(), PosixFilePermissions.fromString("rw-r--r--"));
    credentials.store(Registry.of("one", "https://one.example", Source.USER), CREDENTIAL);
    assertThat(Files.getPosixFilePermissions(credentials.file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(credentials.file().getParent().toFile().list()).hasSize(1);
  }

  @Test
  void a_credential_never_tells_its_secret_by_chance() {
    assertThat(CREDENTIAL.toString()).doesNotContain("secret");
  }
}
