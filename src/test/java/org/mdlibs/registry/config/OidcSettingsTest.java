package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OidcSettingsTest {
  private final List<String> faults = new ArrayList<>();

  private Optional<OidcSettings> read(Map<String, String> settings, boolean hasUrl) {
    var read = new Settings(key -> Optional.ofNullable(settings.get(key)));
    Optional<OidcSettings> oidc = OidcSettings.read(read, hasUrl);
    faults.addAll(read.faults());
    return oidc;
  }

  @Test
  void none_without_an_issuer() {
    assertThat(read(Map.of(), false)).isEmpty();
    assertThat(faults).isEmpty();
  }

  @Test
  void an_issuer_needs_a_client_and_the_registrys_own_url() {
    read(Map.of("mdlibs.oidc.issuer", "https://sso.example.org"), false);
    assertThat(faults)
        .containsExactly(
            "MDLIBS_OIDC_CLIENT_ID is required with MDLIBS_OIDC_ISSUER",
            "MDLIBS_URL is required with MDLIBS_OIDC_ISSUER: the provider sends people back to it");
  }

  @Test
  void a_client_needs_an_issuer() {
    assertThat(read(Map.of("mdlibs.oidc.client.id", "registry"), true)).isEmpty();
    assertThat(faults).hasSize(1);
  }

  @Test
  void an_issuer_is_a_url() {
    read(Map.of("mdlibs.oidc.issuer", "sso", "mdlibs.oidc.client.id", "registry"), true);
    assertThat(faults).containsExactly("MDLIBS_OIDC_ISSUER must be an https URL, not 'sso'");
  }

  @Test
  void has_defaults_and_never_shows_the_secret() {
    OidcSettings settings =
        read(
                Map.of(
                    "mdlibs.oidc.issuer", "https://sso.example.org",
                    "mdlibs.oidc.client.id", "registry",
                    "mdlibs.oidc.client.secret", "hush"),
                true)
            .orElseThrow();
    assertThat(settings.groupsClaim()).isEqualTo("groups");
    assertThat(settings.scope()).isEqualTo("openid profile email");
    assertThat(settings.toString()).doesNotContain("hush");
    assertThat(faults).isEmpty();
  }
}
