package org.mdlibs.registry.library;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a library moves.
 *
 * @param scope a team that the caller administers, or his own scope
 */
public record TransferRequest(@Schema(required = true) String scope) {}
