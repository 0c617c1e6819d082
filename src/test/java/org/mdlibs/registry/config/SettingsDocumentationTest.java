package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/operations.md} says of settings is what the registry reads. */
class SettingsDocumentationTest {
  private static final Pattern NAME = Pattern.compile("MDLIBS_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_…])");
  private static final Pattern ROW =
      Pattern.compile("^\\| (`MDLIBS_[^|]*) \\|([^|]*)\\|", Pattern.MULTILINE);

  private static String document() throws IOException {
    return Files.readString(Path.of("docs/operations.md"));
  }

  private static List<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void every_setting_is_told() throws IOException {
    var told = new TreeSet<>(names(document()));
    var read = new TreeSet<String>();
    SettingKeys.ALL.forEach(key -> read.add(Settings.variable(key)));
    assertThat(told).containsAll(read);
  }

  @Test
  void nothing_is_told_that_is_no_setting() throws IOException {
    assertThat(names(document())).allMatch(SettingKeys::isKnown);
  }

  @Test
  void defaults_are_told_as_they_are() throws IOException {
    var wrong = new ArrayList<String>();
    int compared = 0;
    for (MatchResult row : ROW.matcher(document()).results().toList()) {
      List<String> names = names(row.group(1));
      String[] told = row.group(2).replace("`", "").split(",", -1);
      for (int i = 0; i < names.size(); i++) {
        String value = Defaults.of(SettingKeys.of(names.get(i)));
        if (value != null && i < told.length) {
          compared++;
          if (!(told[i].strip() + " ").startsWith(value + " ")) {
            wrong.add(names.get(i) + ": " + told[i].strip() + ", not " + value);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(30);
  }
}
