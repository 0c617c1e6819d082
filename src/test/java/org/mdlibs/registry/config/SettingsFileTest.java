package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  private static final String CONFIG = "mdlibs.config";

  @TempDir private Path folder;

  @AfterEach
  void no_file_is_named() {
    System.clearProperty(CONFIG);
  }

  private SettingsFile file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("registry.properties"), text);
    System.setProperty(CONFIG, file.toString());
    return new SettingsFile();
  }

  @Test
  void takes_keys_as_the_environment_spells_them() throws IOException {
    SettingsFile file = file("MDLIBS_REGISTRATION=closed\nMDLIBS_MAX_ENTRIES=5\nother.Key=1\n");
    assertThat(file.getValue("mdlibs.registration")).isEqualTo("closed");
    assertThat(file.getPropertyNames())
        .containsExactlyInAnyOrder("mdlibs.registration", "mdlibs.max.entries", "other.Key");
  }

  @Test
  void prefers_dots_where_a_key_is_spelled_both_ways() throws IOException {
    SettingsFile file =
        file("mdlibs.registration=open\nMDLIBS_REGISTRATION=closed\nMDLIBS_URL=http://a\n");
    assertThat(file.getValue("mdlibs.registration")).isEqualTo("open");
  }

  @Test
  void takes_a_secret_from_the_file_that_it_names() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "two\nlines\n");
    String name = secret.toString().replace('\\', '/');
    assertThat(file("mdlibs.admin.password.file=" + name).getValue("mdlibs.admin.password"))
        .isEqualTo("two\nlines");
    assertThat(file("MDLIBS_ADMIN_PASSWORD_FILE=" + name).getValue("mdlibs.admin.password"))
        .isEqualTo("two\nlines");
  }

  @Test
  void says_which_key_names_a_file_that_is_not_there() throws IOException {
    SettingsFile file = file("mdlibs.admin.password.file=missing");
    assertThatThrownBy(() -> file.getValue("mdlibs.admin.password"))
        .hasMessageContaining("mdlibs.admin.password.file")
        .hasNoCause();
    System.setProperty(CONFIG, folder.resolve("none").toString());
    assertThatThrownBy(SettingsFile::new).hasMessageContaining("MDLIBS_CONFIG").hasNoCause();
  }
}
