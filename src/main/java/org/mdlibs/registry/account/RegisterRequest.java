package org.mdlibs.registry.account;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new account. */
public record RegisterRequest(
    @Schema(required = true) String username,
    @Schema(required = true) String email,
    @Schema(required = true) String password) {}
