package org.mdlibs.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;

class BlobKeyTest {
  private static final String HASH =
      "0123456789abcdef0123456789abcdef" + "0123456789abcdef0123456789abcdef";
  private static final String SCOPE = "user/0b1f3c2e-0000-4000-8000-00000000000a/";

  @Test
  void says_whose_bytes_it_is_for() {
    BlobKey key =
        BlobKey.of(
            "team",
            UUID.fromString("0b1f3c2e-0000-4000-8000-00000000000a"),
            LibraryName.parse("my-notes"),
            Version.parse("1.0.0-rc.1+b7"),
            HASH);
    assertThat(key)
        .hasToString(
            "team/0b1f3c2e-0000-4000-8000-00000000000a/my-notes/1.0.0-rc.1/" + HASH + ".tar.gz");
    assertThat(key.isArchive()).isTrue();
    assertThat(key.sha256()).isEqualTo(HASH);
    assertThat(key.fileName()).isEqualTo("my-notes-1.0.0-rc.1.tar.gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "incoming/x.tar.gz",
        SCOPE + "notes/1.0.0/" + HASH + ".tar.gz-4a1",
        SCOPE + "notes/1.0.0/" + HASH,
        SCOPE + "notes/1.0.0/x/" + HASH + ".tar.gz",
        SCOPE + "../1.0.0/" + HASH + ".tar.gz",
        "/" + SCOPE + "notes/1.0.0/" + HASH + ".tar.gz"
      })
  void everything_else_is_no_archive(String value) {
    var key = new BlobKey(value);
    assertThat(key.isArchive()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(key::sha256);
  }
}
