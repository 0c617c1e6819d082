package org.mdlibs.registry.login;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;

/**
 * Who logs in.
 *
 * @param username username or e-mail
 */
public record LoginRequest(
    @NotEmpty(message = "is required") @Size(max = 255, message = "must be at most 255 characters")
        String username,
    @NotEmpty(message = "is required") @Size(max = 200, message = "must be at most 200 characters")
        String password) {}
