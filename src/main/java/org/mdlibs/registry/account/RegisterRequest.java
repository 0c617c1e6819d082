package org.mdlibs.registry.account;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A new account. */
public record RegisterRequest(
    String username,
    @NotBlank(message = "is required")
        @Email(message = "must be an e-mail address")
        @Size(max = 255, message = "must be at most 255 characters")
        String email,
    @NotNull(message = "is required") String password) {}
