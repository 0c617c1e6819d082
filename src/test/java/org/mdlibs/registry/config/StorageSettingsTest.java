package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.config.StorageSettings.Bucket;
import org.mdlibs.registry.config.StorageSettings.Folder;

class StorageSettingsTest {
  private static final Path HOME = Path.of("/home/registry");

  private final List<String> faults = new ArrayList<>();

  private StorageSettings read(Map<String, String> settings) {
    var read = new Settings(key -> Optional.ofNullable(settings.get(key)));
    StorageSettings storage = StorageSettings.read(read, HOME);
    faults.addAll(read.faults());
    return storage;
  }

  private static Map<String, String> s3(String key, String value) {
    var settings =
        new HashMap<>(
            Map.of(
                "mdlibs.storage", "s3://archives",
                "mdlibs.s3.access.key", "registry",
                "mdlibs.s3.secret.key", "the-secret"));
    settings.put(key, value);
    return settings;
  }

  @Test
  void is_a_folder_in_the_home_by_default() {
    assertThat(read(Map.of())).isEqualTo(new Folder(HOME.resolve("storage")));
    assertThat(read(Map.of("mdlibs.storage", "filesystem:")))
        .isEqualTo(new Folder(HOME.resolve("storage")));
    assertThat(read(Map.of("mdlibs.storage", "filesystem:/srv/archives")))
        .hasToString("filesystem:/srv/archives");
    assertThat(faults).isEmpty();
  }

  @Test
  void is_a_bucket_of_amazon_unless_another_endpoint_is_named() {
    assertThat(read(s3("mdlibs.s3.region", "eu-central-1")))
        .isEqualTo(
            new Bucket(
                "archives",
                URI.create("https://s3.eu-central-1.amazonaws.com"),
                "eu-central-1",
                "registry",
                "the-secret",
                true,
                false));
    assertThat(((Bucket) read(s3("mdlibs.s3.endpoint", "http://s3:9000/"))).endpoint())
        .isEqualTo(URI.create("http://s3:9000"));
    assertThat(faults).isEmpty();
  }

  @Test
  void never_tells_the_keys() {
    assertThat(read(s3("mdlibs.s3.redirect", "true"))).hasToString("s3://archives");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv",
        "s3:archives",
        "s3://",
        "s3://ab",
        "s3://Big",
        "s3://a/b",
        "s3://a..b",
        "http://x"
      })
  void refuses_what_is_no_storage(String storage) {
    read(s3("mdlibs.storage", storage));
    assertThat(faults).singleElement().asString().startsWith("MDLIBS_STORAGE must ");
  }

  @ParameterizedTest
  @CsvSource({
    "mdlibs.s3.endpoint, s3.example.org, MDLIBS_S3_ENDPOINT must be an http or https URL",
    "mdlibs.s3.endpoint, https://s3.example.org/path, 'MDLIBS_S3_ENDPOINT must be scheme, host'",
    "mdlibs.s3.endpoint, https://a:b@s3.example.org, 'MDLIBS_S3_ENDPOINT must be scheme, host'",
    "mdlibs.s3.region, eu/1, MDLIBS_S3_REGION must be a region",
    "mdlibs.s3.access.key, '', MDLIBS_S3_ACCESS_KEY is required for s3://",
    "mdlibs.s3.secret.key, '', MDLIBS_S3_SECRET_KEY is required for s3://",
    "mdlibs.s3.path.style, yes, MDLIBS_S3_PATH_STYLE must be 'true' or 'false'",
    "mdlibs.s3.redirect, 1, MDLIBS_S3_REDIRECT must be 'true' or 'false'"
  })
  void tells_the_key_of_what_makes_no_sense(String key, String value, String fault) {
    read(s3(key, value));
    assertThat(faults).singleElement().asString().startsWith(fault);
  }
}
