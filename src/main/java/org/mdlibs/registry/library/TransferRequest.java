package org.mdlibs.registry.library;

/**
 * Where a library moves.
 *
 * @param scope a team that the caller administers, or his own scope
 */
public record TransferRequest(String scope) {}
