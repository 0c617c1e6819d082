package org.mdlibs.registry.account;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new password in place of a forgotten one.
 *
 * @param code what an administrator handed out
 */
public record NewPassword(
    @Schema(required = true) String code, @Schema(required = true) String newPassword) {}
