package org.mdlibs.registry;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.mdlibs.registry.access.Role;

/** The REST interface, all of it under {@code /api/v1}. */
@ApplicationPath("/api/v1")
@DeclareRoles({Role.USER_NAME, Role.ADMIN_NAME})
@OpenAPIDefinition(
    info =
        @Info(
            title = "mdlibs registry",
            version = "1",
            description =
                "Publishes, finds and serves versioned libraries of markdown.\n\n"
                    + "Every refusal is a problem of RFC 9457. Every `GET` has a `HEAD`; every"
                    + " `GET` of JSON under `/api/v1` gives an `ETag` and answers `If-None-Match`."
                    + " Lists are paged by `page` and `per_page`, and their `Link` header leads"
                    + " on. Members that are not known are left out, never null.",
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
@SecurityScheme(
    securitySchemeName = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "A login token (JWT) or an API token.")
public class RegistryApplication extends Application {}
