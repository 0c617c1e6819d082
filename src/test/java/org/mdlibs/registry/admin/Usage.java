package org.mdlibs.registry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.mdlibs.registry.testing.RegistryClient;

/** The report of usage, as an administrator reads it. */
public final class Usage {
  private Usage() {}

  /** What it tells of a scope, on whichever page. */
  public static JsonObject ofScope(RegistryClient admin, String scope) {
    for (int page = 1; ; page++) {
      var scopes =
          admin.get("/admin/usage?per_page=100&page=" + page).is(200).json().getJsonArray("scopes");
      assertThat(scopes).as("scope %s in the report", scope).isNotEmpty();
      for (JsonObject found : scopes.getValuesAs(JsonObject.class)) {
        if (found.getString("scope").equals(scope)) {
          return found;
        }
      }
    }
  }
}
