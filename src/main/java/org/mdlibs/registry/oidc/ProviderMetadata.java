package org.mdlibs.registry.oidc;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0 §3).
 *
 * @param userinfoEndpoint where claims are asked for that the ID token lacks; may be empty
 * @param secretInHeader whether it takes the client's secret as HTTP Basic, else in the form
 */
record ProviderMetadata(
    String issuer,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    URI jwksUri,
    Optional<URI> userinfoEndpoint,
    boolean secretInHeader) {

  /**
   * Reads the discovery document.
   *
   * @throws IllegalArgumentException when something that is needed is missing or no URL
   */
  static ProviderMetadata of(JsonObject json) {
    JsonArray methods = json.getJsonArray("token_endpoint_auth_methods_supported");
    return new ProviderMetadata(
        json.getString("issuer", ""),
        url(json, "authorization_endpoint"),
        url(json, "token_endpoint"),
        url(json, "jwks_uri"),
        json.containsKey("userinfo_endpoint")
            ? Optional.of(url(json, "userinfo_endpoint"))
            : Optional.empty(),
        methods == null
            || methods.getValuesAs(JsonString.class).stream()
                .anyMatch(method -> method.getString().equals("client_secret_basic")));
  }

  private static URI url(JsonObject json, String member) {
    URI uri = URI.create(json.getString(member, ""));
    if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
      throw new IllegalArgumentException("the provider's " + member + " is no URL");
    }
    return uri;
  }
}
