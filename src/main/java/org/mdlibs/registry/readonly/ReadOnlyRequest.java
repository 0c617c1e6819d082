package org.mdlibs.registry.readonly;

/**
 * Why the registry shall take no writes.
 *
 * @param reason 1 to 200 characters, shown to everybody
 */
public record ReadOnlyRequest(String reason) {}
